/** Who MicroSIP takes the other party for. */
export interface SeenIdentity {
  name: string;
  user: string;
  domain: string;
  /** `;user=phone` */
  parameters: string;
}

/**
 * How 3.22.16 reads what PJSIP prints (docs/microsip/3.22.16.md#2, "Identity"): the name is what stands before the
 * first `<`, the address what stands between that and the last `>`. So a name with `<` in it passes for another caller.
 */
export function seenIdentity(printed: string): SeenIdentity {
  const open = printed.indexOf('<');
  const close = printed.lastIndexOf('>');
  const bracketed = open >= 0 && close > open;
  const name = bracketed ? unquoted(printed.slice(0, open).trim()) : '';
  const uri = (bracketed ? printed.slice(open + 1, close) : printed).replace(/^sips?:/i, '');
  const at = uri.indexOf('@');
  const behind = uri.slice(at + 1);
  const domain = behind.replace(/[;?>:].*$/s, '');
  const parameters = /;[^?>]*/.exec(behind)?.[0] ?? '';
  return { name, user: at < 0 ? '' : uri.slice(0, at), domain, parameters };
}

/** What is escaped inside stays so. */
function unquoted(name: string): string {
  return name.replace(/^"/, '').replace(/"$/, '').trim();
}
