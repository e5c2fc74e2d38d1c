import { isPhoneId } from '../../../fleet/protocol/fleet-id';
import { forgetPhone } from '../../check/forget-phone';
import { AgentError } from '../agent-error';
import { agentText } from '../agent-text';
import type { CliOptions } from '../cli-options';
import type { CliResult, CliSurroundings } from '../cli-surroundings';
import { openConfig } from '../open-config';

/** Clears what the broker has retained of a phone that is gone. */
export async function forget(
  options: CliOptions,
  surroundings: CliSurroundings,
  secrets: string[],
): Promise<CliResult> {
  const { forget: phone } = options;
  if (!isPhoneId(phone)) throw new AgentError('usage', {}, 'no_phone_id');
  const { config, warnings } = await openConfig(options, surroundings, secrets);
  const forgotten = await forgetPhone(config, phone, surroundings.clock);
  if (forgotten.done) {
    const { topics } = forgotten;
    return {
      exitCode: 0,
      lines: [...warnings.map(({ text }) => text), agentText('forget.done', { phone })],
      data: { phone, topics },
    };
  }
  if (forgotten.why === 'in_use') throw new AgentError('in_use', { phone }, 'forget_in_use');
  throw new AgentError('broker_refused', { topic: forgotten.topic }, 'forget_no_right');
}
