import type { Command, DialFormat } from './command';
import type { CheckedCommand } from '../plan/plan';
import { audioLevel } from '../guard/values/audio-level';
import { checkRules, type DialRules } from '../guard/rules/dial-rules';
import { splitTail } from '../guard/targets/dial-tail';
import { dialTarget } from '../guard/targets/dial-target';
import { messageText } from '../guard/values/message-text';
import { transferTarget } from '../guard/targets/transfer-target';

export interface CommandRules {
  rules: DialRules;
  /** Rewrites a checked dial target; without it every target stays as typed. */
  format?: (target: string, format: DialFormat) => string;
}

/**
 * Passes a command whose values cannot do anything but what the command is for. Digits have a check of their own, since
 * they are sent in parts.
 * @throws PhoneError `invalid_number`, `refused`, `config`
 */
export function checkedCommand(command: Exclude<Command, { type: 'dtmf' }>, given: CommandRules): CheckedCommand {
  const permitted = (target: string): string => {
    checkRules(target, given.rules);
    return target;
  };
  switch (command.type) {
    case 'dial': {
      const { number, account, format = 'typed' } = command;
      const typed = dialTarget(number);
      // What is denied is not called in another form either.
      checkRules(typed, { ...given.rules, allow: [] });
      const target = permitted(given.format?.(typed, format) ?? typed);
      return { type: 'dial', ...splitTail(target), ...(account !== undefined && { account }) };
    }
    case 'transfer': {
      const target = permitted(transferTarget(command.number));
      return { type: 'transfer', target, ...(command.callId !== undefined && { callId: command.callId }) };
    }
    case 'message':
      return {
        type: 'message',
        target: permitted(transferTarget(command.number)),
        text: messageText(command.text),
      };
    case 'answer':
    case 'hangup':
    case 'hold':
    case 'feature':
    case 'conference':
      return command;
    case 'audio':
      return checkedAudio(command);
    case 'app':
      return checkedApp(command);
  }
}

function checkedAudio({ device, action, level }: Extract<Command, { type: 'audio' }>): CheckedCommand {
  return { type: 'audio', device, action, ...(action === 'set' && { level: audioLevel(level) }) };
}

function checkedApp({ action, account }: Extract<Command, { type: 'app' }>): CheckedCommand {
  return { type: 'app', action, ...(action === 'account' && account !== undefined && { account }) };
}
