import type { DtmfPart } from '../guard/values/dtmf-digits';
import { PhoneError } from '../errors/phone-error';
import type { PhoneEvent } from '../phone-event';

interface Options {
  send(parts: readonly DtmfPart[], callId: string): Promise<unknown>;
  /** Digits that a call that is up did not get. */
  onFailure(error: PhoneError): void;
}

/** Digits that belong to dialled calls and are sent when these are answered. */
export class DialTails {
  private readonly tails = new Map<string, readonly DtmfPart[]>();

  constructor(private readonly options: Options) {}

  expect(callId: string, tail: readonly DtmfPart[]): void {
    this.tails.set(callId, tail);
  }

  note({ event, call }: PhoneEvent): void {
    const tail = call && this.tails.get(call.callId);
    if (!tail || (event !== 'answered' && event !== 'ended')) return;
    this.tails.delete(call.callId);
    if (event === 'ended') return;
    this.options.send(tail, call.callId).catch((error: unknown) => {
      if (error instanceof PhoneError && !isOver(error)) this.options.onFailure(error);
    });
  }

  forget(): void {
    this.tails.clear();
  }
}

/** The call that they were for is over, or the phone; one on hold is not. */
function isOver({ code, reason }: PhoneError): boolean {
  return code === 'closed' || (code === 'no_call' && reason !== 'not_connected');
}
