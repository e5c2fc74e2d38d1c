/** One sentence behind an icon, always as text: what programs and callers say is nobody's HTML. */
export function say(result: JQuery, icon: string, sentence: string): void {
  $('<i>').addClass(`fa ${icon}`).attr('aria-hidden', 'true').appendTo(result);
  $('<span>').text(` ${sentence}`).appendTo(result);
}
