import type { DtmfPart } from './guard/dtmf-digits';
import { PhoneError } from './phone-error';
import type { PhoneEvent } from './phone-event';

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
      // The call that they were for is over, or the phone.
      if (error instanceof PhoneError && error.code !== 'no_call' && error.code !== 'closed')
        this.options.onFailure(error);
    });
  }

  forget(): void {
    this.tails.clear();
  }
}
