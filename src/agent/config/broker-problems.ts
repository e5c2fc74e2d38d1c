import { createPrivateKey, X509Certificate } from 'node:crypto';
import { FileRefusedError, readRegularFile } from '../../files/regular-file';
import { BROKER_PROTOCOLS, type BrokerSettings } from '../../settings/broker-settings';
import type { ConfigProblem } from './config-problem';
import { codeOf } from './config-text';

const ENCRYPTED = ['mqtts:', 'wss:'];
/** Bytes of a PEM file. */
const LONGEST_PEM = 1024 * 1024;

/** What is wrong with how the broker is to be reached, as far as that is seen without asking it. */
export async function brokerProblems(broker: BrokerSettings): Promise<ConfigProblem[]> {
  const wrong = urlProblem(broker.url);
  if (wrong !== undefined) return [{ path: 'broker.url', reason: wrong }];
  const { ca, cert, key } = broker;
  const problems: ConfigProblem[] = [];
  if ((cert === undefined) !== (key === undefined))
    problems.push({ path: cert === undefined ? 'broker.cert' : 'broker.key', reason: 'cert_and_key' });
  for (const [name, path] of Object.entries({ ca, cert, key })) {
    if (path === undefined) continue;
    const trouble = await pemProblem(name, path);
    if (trouble) problems.push({ path: `broker.${name}`, ...trouble });
    else if (!ENCRYPTED.includes(new URL(broker.url).protocol))
      problems.push({ path: `broker.${name}`, reason: 'not_encrypted' });
  }
  return problems;
}

function urlProblem(text: string): string | undefined {
  // First of all: such a text may be no URL, and is not shown, whatever else is wrong with it.
  if (/^[^/?#]*(?:\/\/)?[^/?#]*@/.test(text)) return 'url_user';
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return 'url';
  }
  if (!BROKER_PROTOCOLS.includes(url.protocol)) return 'url_scheme';
  if (url.username !== '' || url.password !== '') return 'url_user';
  if (url.hostname === '' || url.hash !== '' || !text.includes('://')) return 'url';
  const isSocket = url.protocol.startsWith('ws');
  return isSocket || (/^\/?$/.test(url.pathname) && url.search === '') ? undefined : 'url_path';
}

async function pemProblem(name: string, path: string): Promise<Omit<ConfigProblem, 'path'> | undefined> {
  let content: string;
  try {
    content = (await readRegularFile(path, LONGEST_PEM)).toString('latin1');
  } catch (error) {
    const why = error instanceof FileRefusedError ? error.why : codeOf(error);
    return { reason: 'content_unreadable', params: { file: path, why } };
  }
  try {
    if (name !== 'key') new X509Certificate(content);
    else if (/ENCRYPTED/.test(content)) return { reason: 'key_encrypted', params: { file: path } };
    else createPrivateKey(content);
    return undefined;
  } catch {
    return { reason: name === 'key' ? 'no_key' : 'no_certificate', params: { file: path } };
  }
}
