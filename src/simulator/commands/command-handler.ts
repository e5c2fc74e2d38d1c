import type { ParsedText } from './command-parser';
import type { Dialler } from './dialler';
import type { Parts } from '../parts';
import type { CallControl } from '../calls/call-control';
import { ENDINGS } from '../calls/simulated-call';

/** Does what a parsed text says (docs/microsip/interface.md#2.3 to #2.5). */
export function runCommand(parts: Parts, control: CallControl, dialler: Dialler, command: ParsedText): void {
  const { audio, calls, journal, window } = parts;
  switch (command.kind) {
    case 'nothing':
      return;
    case 'answer': {
      const [lowest] = calls.ringing;
      if (lowest) control.answer(lowest);
      else journal.add('dropped', 'answer');
      return;
    }
    case 'hangupall':
      for (const call of calls.unringing) control.hangUp(call);
      return;
    case 'hangupincoming':
      for (const call of calls.ringing) control.reject(call, ENDINGS.rejectedByUs);
      return;
    case 'hangupcalling':
      for (const call of calls.unringing) if (call.stage !== 'confirmed') control.hangUp(call);
      return;
    case 'hold':
      control.toggleHold(calls.selected);
      return;
    case 'dtmf':
      control.dtmfCommand(command.digits);
      return;
    case 'transfer':
      control.transfer(calls.selected, command.target);
      return;
    case 'account':
      runAccount(parts, control, dialler, command);
      return;
    case 'memory_password':
      journal.add('memory_password');
      return;
    case 'audio':
      audio.apply(command.device, command.action);
      return;
    case 'minimize':
      window.hide();
      journal.add('minimized');
      return;
    case 'dial':
      dialler.dial(command.text);
      return;
  }
}

/**
 * An account that does not exist empties the whole text, and so does a password, which it keeps
 * (docs/microsip/interface.md#2.5).
 */
function runAccount(
  parts: Parts,
  control: CallControl,
  dialler: Dialler,
  { account, password, rest }: Extract<ParsedText, { kind: 'account' }>,
): void {
  const { accounts, journal } = parts;
  if (account > 0 && !accounts.has(account)) {
    journal.add('dropped', `account ${account}`);
    dialler.dial('');
  } else if (account > 0 && password) {
    journal.add('account_password', String(account));
    dialler.dial('');
  } else {
    if (account > 0 && accounts.choose(account)) journal.add('account', String(account));
    runCommand(parts, control, dialler, rest);
  }
}
