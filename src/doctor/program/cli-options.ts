import { parseArgs } from 'node:util';
import { HOOK_NAMES, isHookName, type HookName } from '../../microsip/hook-names';
import { DEFAULT_EVENTS, type Wish } from '../change';
import { DoctorError } from './doctor-error';
import type { Target } from '../host/find-microsip';

export type CliCommand = { type: 'help' | 'show' | 'check' | 'test' } | { type: 'wish'; wish: Wish };

export interface CliOptions {
  command: CliCommand;
  target: Target;
  events: readonly HookName[];
  node?: string;
  dryRun: boolean;
  json: boolean;
  restart: boolean;
  yes: boolean;
}

export const CLI_OPTIONS = {
  program: { type: 'string' },
  ini: { type: 'string' },
  events: { type: 'string' },
  node: { type: 'string' },
  log: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  restart: { type: 'boolean', default: false },
  remove: { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false, short: 'y' },
  help: { type: 'boolean', default: false, short: 'h' },
} as const;

/** @throws DoctorError `usage` */
export function cliOptions(args: readonly string[]): CliOptions {
  const { values, positionals } = parse(args);
  const events = eventList(values.events);
  return {
    command: values.help
      ? { type: 'help' }
      : commandFrom(positionals, { events, log: values.log, remove: values.remove }),
    target: {
      ...(values.program !== undefined && { program: values.program }),
      ...(values.ini !== undefined && { ini: values.ini }),
    },
    events,
    ...(values.node !== undefined && { node: values.node }),
    dryRun: values['dry-run'],
    json: values.json,
    restart: values.restart,
    yes: values.yes,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: CLI_OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new DoctorError('usage', { why: error instanceof Error ? error.message : '' });
  }
}

function commandFrom(
  words: readonly string[],
  { events, log, remove }: { events: readonly HookName[]; log: boolean; remove: boolean },
): CliCommand {
  const [name, argument] = words;
  if (name === 'directory' && (remove ? words.length === 1 : words.length === 2))
    return { type: 'wish', wish: { type: 'directory', address: remove ? undefined : argument } };
  if (remove) throw new DoctorError('usage', { why: '--remove' });
  switch (words.join(' ')) {
    case '':
    case 'help':
      return { type: 'help' };
    case 'show':
    case 'check':
    case 'test':
      return { type: name as 'show' | 'check' | 'test' };
    case 'install':
      return { type: 'wish', wish: { type: 'install', events, log } };
    case 'remove':
      return { type: 'wish', wish: { type: 'remove' } };
    case 'log on':
    case 'log off':
      return { type: 'wish', wish: { type: 'log', on: argument === 'on' } };
    default:
      throw new DoctorError('usage', { why: words.join(' ') });
  }
}

/** `all`, or key names with or without `cmd` in any case, separated by commas. */
function eventList(text: string | undefined): readonly HookName[] {
  if (text === undefined) return DEFAULT_EVENTS;
  if (text === 'all') return HOOK_NAMES;
  return text.split(',').map((word) => {
    const name = word.trim().toLowerCase().replace(/^cmd/, '');
    const found = HOOK_NAMES.find((key) => key.toLowerCase() === `cmd${name}`);
    if (!isHookName(found)) throw new DoctorError('usage', { why: word });
    return found;
  });
}
