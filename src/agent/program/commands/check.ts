import { checkAgent, type CheckedPhone } from '../../check/check';
import { EXIT_CODES } from '../agent-error';
import { agentText } from '../agent-text';
import type { CliOptions } from '../cli-options';
import type { CliResult, CliSurroundings } from '../cli-surroundings';
import { openConfig } from '../open-config';
import { phoneSentence } from '../phone-sentence';

/** Tries the broker and the phones, and says what is wrong. */
export async function check(options: CliOptions, surroundings: CliSurroundings, secrets: string[]): Promise<CliResult> {
  const { config, file, warnings } = await openConfig(options, surroundings, secrets);
  const texts = warnings.map(({ text }) => text);
  const phones = await checkAgent(config);
  const broker = new URL(config.broker.url).host;
  return {
    exitCode: exitCodeOf(phones),
    lines: [
      agentText('check.config', { file }),
      ...texts,
      agentText('check.broker', { broker, base: config.base }),
      ...phones.flatMap(checkedLines),
      agentText(exitCodeOf(phones) === 0 ? 'check.well' : 'check.unwell'),
    ],
    data: { config: file, broker, base: config.base, warnings: texts, phones: phones.map(checkedJson) },
  };
}

/** The broker first: without it an agent is of no use at all. */
function exitCodeOf(phones: readonly CheckedPhone[]): number {
  const [trouble] = phones.flatMap(({ broker }) => broker.trouble ?? []);
  if (trouble) return EXIT_CODES[trouble.code];
  return phones.some(({ phone }) => phone.trouble) ? EXIT_CODES.phone : 0;
}

function checkedLines({ id, broker, phone }: CheckedPhone): string[] {
  const { trouble, mqtt = '', online } = broker;
  const { connection, presence, version, program, registrationText, sources } = phone;
  const lines = [
    trouble
      ? agentText(`broker.${trouble.reason}`, { topic: trouble.topic ?? '' })
      : agentText('check.connected', { mqtt }),
    ...(online ? [agentText('check.online', { host: online.host ?? '?', user: online.user ?? '?' })] : []),
    phone.trouble ? phoneSentence(phone.trouble) : agentText('check.phone', { connection, presence }),
    ...(version === undefined ? [] : [`MicroSIP ${version} ${program ?? ''}`.trim()]),
    ...(registrationText === undefined ? [] : [registrationText]),
    ...sources.map(({ path, found }) => agentText(found ? 'check.file' : 'check.no_file', { path })),
  ];
  return [`${id}:`, ...lines.map((line) => `  ${line}`)];
}

function checkedJson({ id, broker, phone }: CheckedPhone): Record<string, unknown> {
  const { trouble, ...reached } = broker;
  const { trouble: problem, ...seen } = phone;
  return {
    id,
    ok: !trouble && !problem,
    broker: {
      ok: !trouble,
      ...reached,
      ...(trouble && {
        error: { ...trouble, message: agentText(`broker.${trouble.reason}`, { topic: trouble.topic ?? '' }) },
      }),
    },
    phone: {
      ok: !problem,
      ...seen,
      ...(problem && { error: { code: problem.code, reason: problem.reason, message: phoneSentence(problem) } }),
    },
  };
}
