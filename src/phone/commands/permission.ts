import type { Link } from '../ports/link';
import type { CheckedCommand } from '../plan/plan';
import { checkRules, type DialRules } from '../guard/rules/dial-rules';

/**
 * The rules that can be asked as soon as a command is given: where MicroSIP may put a prefix before a number, only
 * afterwards it can be told whether the whole is allowed.
 */
export function immediateRules(rules: DialRules, link: Link): DialRules {
  return link.dialling ? { ...rules, allow: [] } : rules;
}

/**
 * Asks the rules about what MicroSIP is going to call, right before it does: an earlier command may have chosen another
 * account. Messages get no prefix.
 * @throws PhoneError `refused`
 */
export async function requirePermitted(command: CheckedCommand, rules: DialRules, link?: Link): Promise<void> {
  if (!('target' in command) || rules.allow.length + rules.deny.length === 0) return;
  const account = command.type === 'dial' ? command.account : undefined;
  checkRules(command.target, rules, command.type === 'message' ? undefined : await link?.dialling?.(account));
}
