import type { NodeAPI } from 'node-red';
import type { Presence } from '../phone/observation';
import { PhoneError, type ErrorCode } from '../phone/phone-error';
import { phoneSettings, type RawSettings } from '../phone/phone-settings';
import { inspectWindow } from '../win32/window-session';
import { resolved } from './dialog-values';
import { localisedError } from './localised-error';

/** What the Test button of the phone's dialog shows. */
export interface PhoneTestAnswer {
  connection: string;
  presence: Presence;
  /** A sentence that says what to do, when something is wrong. */
  message?: string;
  title?: string;
  program?: string;
  version?: string;
  pid?: number;
  registrationText?: string;
}

/** `POST microsip-phone/test` with the dialog's values: looks once, changes nothing, leaves nothing behind. */
export function servePhoneTest(RED: NodeAPI): void {
  RED.httpAdmin.post('/microsip-phone/test', RED.auth.needsPermission('microsip-phone.write'), (request, response) => {
    testPhone(RED, resolved((request.body ?? {}) as RawSettings)).then(
      (answer) => response.json(answer),
      (error: unknown) => response.status(500).json({ message: localisedError(RED, error).message }),
    );
  });
}

async function testPhone(RED: NodeAPI, raw: RawSettings): Promise<PhoneTestAnswer> {
  const connection = typeof raw.connection === 'string' ? raw.connection : 'window';
  const problem = (code: ErrorCode): string => localisedError(RED, new PhoneError(code)).message;
  try {
    const settings = phoneSettings(raw);
    if (settings.connection === 'simulator') return { connection, presence: 'ready' };
    if (settings.connection !== 'window') throw new PhoneError('unsupported', 'connection', { connection });
    const { problem: code, presence, statusText, version, ...found } = await inspectWindow(settings);
    const trouble = code ?? (presence === 'absent' ? 'not_running' : presence === 'hung' ? 'timeout' : undefined);
    return {
      connection,
      presence,
      ...found,
      ...(version && { version: version.join('.') }),
      ...(statusText !== undefined && { registrationText: statusText }),
      ...(trouble && { message: problem(trouble) }),
    };
  } catch (error) {
    if (!(error instanceof PhoneError)) throw error;
    return { connection, presence: 'absent', message: localisedError(RED, error).message };
  }
}
