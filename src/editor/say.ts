import type { AdminError } from '../node-red/admin/admin-endpoint';

/** One sentence behind an icon, always as text: what programs and callers say is nobody's HTML. */
export function say(result: JQuery, icon: string, sentence: string): void {
  $('<i>').addClass(`fa ${icon}`).attr('aria-hidden', 'true').appendTo(result);
  $('<span>').text(` ${sentence}`).appendTo(result);
}

/** What an admin endpoint says went wrong, in the language of the editor. */
export function sentenceOf(node: EditorNode, { key, params, message }: Partial<AdminError>): string | undefined {
  return key === undefined ? message : node._(key, params);
}
