import fc from 'fast-check';
import { PhoneError } from '../../../../src/phone/errors/phone-error';
import type { SimulatedMicrosipOptions } from '../../../../src/simulator/simulated-options';
import { Traced } from './traced';

/** Somebody does something to some call; what does not fit is left out. */
interface Act {
  what: keyof typeof ACTS;
  call: number;
  party: number;
}

export interface Script {
  options: SimulatedMicrosipOptions;
  acts: Act[];
}

const PARTIES = [
  { number: '1002' },
  { number: '1003', name: 'Ada' },
  { number: '+4930123456', name: 'Bob, "the" \\ Builder' },
  { number: '1002', name: 'Zoë', uri: 'sip:1002@other.test' },
  { number: 'a.b_c', name: 'Ünï 📞' },
] as const;

type Play = (phone: Traced, id: string | undefined, party: (typeof PARTIES)[number]) => unknown;

const ACTS = {
  incoming: ({ microsip }, _, party) => microsip.far.incoming(party),
  dial: (phone, _, party) => phone.command(party.number),
  ring: ({ microsip }, id) => {
    microsip.far.ring(id);
  },
  earlyMedia: ({ microsip }, id) => {
    microsip.far.ring(id, 183);
  },
  taken: ({ microsip }, id) => {
    microsip.far.answer(id);
  },
  busy: ({ microsip }, id) => {
    microsip.far.busy(id);
  },
  rejected: ({ microsip }, id) => {
    microsip.far.reject(id);
  },
  noAnswer: ({ microsip }, id) => {
    microsip.far.noAnswer(id);
  },
  serverError: ({ microsip }, id) => {
    microsip.far.fail(503, 'Service Unavailable', id);
  },
  theyHangUp: ({ microsip }, id) => {
    microsip.far.hangup(id);
  },
  elsewhere: ({ microsip }, id) => {
    microsip.far.hangup(id, true);
  },
  theyHold: ({ microsip }, id) => {
    microsip.far.hold(id);
  },
  theyResume: ({ microsip }, id) => {
    microsip.far.resume(id);
  },
  answer: ({ microsip }, id) => {
    microsip.user.answer(id);
  },
  decline: ({ microsip }, id) => {
    microsip.user.decline(id);
  },
  ignore: ({ microsip }, id) => {
    microsip.user.ignore(id);
  },
  hangUp: ({ microsip }, id) => {
    microsip.user.hangup(id);
  },
  holdOrResume: ({ microsip }, id) => {
    microsip.user.toggleHold(id);
  },
  transfer: (phone) => phone.command('/transfer:1009'),
  hangUpAll: (phone) => phone.command('/hangupall'),
  hangUpIncoming: (phone) => phone.command('/hangupincoming'),
  hangUpCalling: (phone) => phone.command('/hangupcalling'),
} satisfies Record<string, Play>;

export const script: fc.Arbitrary<Script> = fc.record({
  options: fc.record({
    singleMode: fc.boolean(),
    updatesContact: fc.boolean(),
    callWaiting: fc.constantFrom(true, true, false),
    doNotDisturb: fc.constantFrom(false, false, false, true),
    autoAnswerDelay: fc.constantFrom(undefined, undefined, undefined, 0),
  }),
  acts: fc.array(
    fc.record({
      what: fc.oneof(
        fc.constantFrom('incoming' as const, 'dial' as const, 'taken' as const, 'answer' as const),
        fc.constantFrom(...(Object.keys(ACTS) as (keyof typeof ACTS)[])),
      ),
      call: fc.nat(4),
      party: fc.nat(PARTIES.length - 1),
    }),
    { minLength: 1, maxLength: 25 },
  ),
});

export async function play({ options, acts }: Script, history: boolean): Promise<Traced> {
  const phone = await Traced.begin(options, history);
  for (const { what, call, party } of acts) {
    const act: Play = ACTS[what];
    try {
      await act(phone, phone.microsip.calls.all[call]?.sipCallId, PARTIES[party] ?? PARTIES[0]);
    } catch (error) {
      if (!(error instanceof PhoneError && error.code === 'no_call')) throw error;
    }
    await phone.settle();
  }
  return phone;
}
