import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { traceFileName } from '../../trace/trace-file-name';

/** Where agents at one broker with one base keep what survives a restart. */
export function agentFolder(directory: string, brokerUrl: string, base: string): string {
  const name = createHash('sha256')
    .update(JSON.stringify([brokerUrl, base]))
    .digest('hex')
    .slice(0, 12);
  return join(directory, 'microsip-agent', name);
}

/** Of one file of configuration: several agents of one user may have phones at the same broker. */
export function pastFile(folder: string, configuration: string): string {
  const name = createHash('sha256').update(configuration).digest('hex').slice(0, 12);
  return join(folder, `past-${name}.json`);
}

/** Of one phone. */
export function phoneFile(folder: string, phone: string): string {
  return join(folder, 'phones', `${traceFileName(phone)}.json`);
}
