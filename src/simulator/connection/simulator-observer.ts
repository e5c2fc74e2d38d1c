import { absenceText, TroubleWatch } from '../../microsip/trouble-watch';
import type { Registration } from '../../phone/calls/call';
import type { Observation, Presence } from '../../phone/ports/observation';
import type { Voicemail } from '../../phone/voicemail';
import type { Observer, ObserverHost } from '../../phone/ports/observer';
import type { Refusal } from '../calls/call-table';
import { factsOf, heldBy, stateOf, type Ending, type SimulatedCall } from '../calls/simulated-call';
import type { SimulatedMicrosip } from '../simulated-microsip';

const source = 'simulator';
/** After these other switches may be there, or stand differently: recording is that of the selected tab. */
const SHOW_SWITCHES = ['presence', 'mode', 'features'] as const;
const SELECT_TABS = ['changed', 'ended'] as const;
const RECORD = ['begun', 'over'] as const;

/** Watches a simulated MicroSIP. What it sees arrives later, in order, as it does from a real one. */
export class SimulatorObserver implements Observer {
  private host: ObserverHost | undefined;
  private queue: Observation[] = [];
  private features = '';
  private audio = '';
  private levels: Observation | undefined;
  private scheduled: NodeJS.Immediate | undefined;
  private troubles = new TroubleWatch(source);
  private cancelLook: (() => void) | undefined;

  constructor(private readonly microsip: SimulatedMicrosip) {}

  start(host: ObserverHost): Promise<void> {
    const { microsip } = this;
    this.host = host;
    this.troubles = new TroubleWatch(source);
    microsip.on('presence', this.onPresence);
    microsip.on('box', this.onBox);
    microsip.on('registration', this.onRegistration);
    microsip.on('mode', this.onMode);
    microsip.on('voicemail', this.onVoicemail);
    microsip.recorder.on('begun', this.onRecording);
    microsip.calls.on('changed', this.onChanged);
    microsip.calls.on('transferred', this.onTransferred);
    microsip.calls.on('ended', this.onEnded);
    microsip.calls.on('refused', this.onRefused);
    microsip.on('presence', this.onAudio);
    microsip.on('audio', this.onAudio);
    for (const event of SHOW_SWITCHES) microsip.on(event, this.onFeatures);
    for (const event of SELECT_TABS) microsip.calls.on(event, this.onFeatures);
    for (const event of RECORD) microsip.recorder.on(event, this.onFeatures);
    this.onPresence(microsip.presence);
    this.onMode(microsip.singleMode);
    if (microsip.isReady) this.onRegistration(microsip.registration);
    if (microsip.voicemail) this.onVoicemail(microsip.voicemail);
    this.onFeatures();
    this.onAudio();
    for (const call of microsip.calls.all) this.onChanged(call);
    return this.refresh();
  }

  /** Even the fastest look takes a turn of the event loop. */
  refresh(): Promise<void> {
    return new Promise((resolve) => {
      setImmediate(() => {
        this.deliver();
        resolve();
      });
    });
  }

  stop(): Promise<void> {
    const { microsip } = this;
    this.cancelLook?.();
    microsip.off('presence', this.onPresence);
    microsip.off('box', this.onBox);
    microsip.off('registration', this.onRegistration);
    microsip.off('mode', this.onMode);
    microsip.off('voicemail', this.onVoicemail);
    microsip.recorder.off('begun', this.onRecording);
    microsip.calls.off('changed', this.onChanged);
    microsip.calls.off('transferred', this.onTransferred);
    microsip.calls.off('ended', this.onEnded);
    microsip.calls.off('refused', this.onRefused);
    microsip.off('presence', this.onAudio);
    microsip.off('audio', this.onAudio);
    for (const event of SHOW_SWITCHES) microsip.off(event, this.onFeatures);
    for (const event of SELECT_TABS) microsip.calls.off(event, this.onFeatures);
    for (const event of RECORD) microsip.recorder.off(event, this.onFeatures);
    clearImmediate(this.scheduled);
    this.scheduled = undefined;
    this.host = undefined;
    this.features = '';
    this.audio = '';
    this.levels = undefined;
    this.queue = [];
    return Promise.resolve();
  }

  private readonly onPresence = (presence: Presence): void => {
    const { clock, problem } = this.microsip;
    const problemText = absenceText({ ...(problem && { problem }) });
    const why = problem && { problem, ...(problemText !== undefined && { problemText }) };
    this.see({ type: 'presence', time: clock.now(), source, presence, ...why });
    this.lookForTroubles();
  };

  private readonly onBox = (): void => {
    this.lookForTroubles();
  };

  private lookForTroubles(): void {
    const { boxes, clock, presence } = this.microsip;
    const box = boxes.top === undefined ? {} : { box: { title: boxes.top } };
    const { observations, lookAgainIn } = this.troubles.look({ presence, ...box }, clock.now());
    for (const observation of observations) this.see(observation);
    this.cancelLook?.();
    if (lookAgainIn === undefined) return;
    this.cancelLook = clock.after(
      lookAgainIn,
      () => {
        this.lookForTroubles();
      },
      { idle: true },
    );
  }

  private readonly onRegistration = (registration: Registration): void => {
    this.see({ type: 'registration', time: this.microsip.clock.now(), source, registration });
  };

  private readonly onMode = (singleMode: boolean): void => {
    this.see({ type: 'call_mode', time: this.microsip.clock.now(), source, singleMode });
  };

  private readonly onVoicemail = (voicemail: Voicemail = { waiting: false }): void => {
    this.see({ type: 'voicemail', time: this.microsip.clock.now(), source, voicemail });
  };

  private readonly onRecording = ({ sipCallId }: SimulatedCall, recording: string): void => {
    this.see({ type: 'call_media', time: this.microsip.clock.now(), source, key: sipCallId, recording });
  };

  /** Not what it was before it started. */
  private readonly onFeatures = (): void => {
    const { features, clock, isReady } = this.microsip;
    const now = isReady ? JSON.stringify(features) : '';
    if (now === this.features) return;
    this.features = now;
    if (isReady) this.see({ type: 'features', time: clock.now(), source, features });
  };

  private readonly onAudio = (): void => {
    const { audio, clock, isReady } = this.microsip;
    const { microphone, speaker } = audio;
    const now = isReady ? JSON.stringify([microphone, speaker]) : '';
    if (now === this.audio) return;
    const onlyLevels = mutesOf(now) === mutesOf(this.audio);
    this.audio = now;
    if (!isReady) return;
    const seen = { microphone: { ...microphone }, speaker: { ...speaker } };
    const observation: Observation = { type: 'audio', time: clock.now(), source, audio: seen };
    // A level is set step by step, too fast for anybody who looks at a window.
    if (onlyLevels && this.levels && this.queue.at(-1) === this.levels) this.queue.pop();
    this.levels = onlyLevels ? observation : undefined;
    this.see(observation);
  };

  private readonly onChanged = (call: SimulatedCall): void => {
    const by = heldBy(call);
    this.see({
      type: 'call',
      time: this.microsip.clock.now(),
      source,
      key: call.sipCallId,
      direction: call.direction,
      state: stateOf(call),
      ...(by && { heldBy: by }),
      facts: factsOf(call),
    });
  };

  private readonly onTransferred = (call: SimulatedCall, target: string): void => {
    this.see({ type: 'call_transferred', time: this.microsip.clock.now(), source, key: call.sipCallId, target });
  };

  private readonly onEnded = (call: SimulatedCall, { endedBy, sipStatus, sipReason, elsewhere }: Ending): void => {
    const ending = { endedBy, sipStatus, sipReason, ...(elsewhere && { elsewhere }) };
    const seen = { time: this.microsip.clock.now(), source, key: call.sipCallId } as const;
    const quality = this.microsip.streams.quality(call);
    if (quality) this.see({ type: 'call_media', ...seen, quality });
    this.see({ type: 'call_ended', ...seen, ending });
  };

  private readonly onRefused = (call: SimulatedCall, { endedBy, sipStatus, sipReason }: Refusal): void => {
    const now = this.microsip.clock.now();
    const ending = { endedBy, sipStatus, sipReason };
    this.see({
      type: 'call_refused',
      time: now,
      source,
      key: call.sipCallId,
      began: now,
      facts: factsOf(call),
      ending,
    });
  };

  private see(observation: Observation): void {
    this.queue.push(observation);
    this.scheduled ??= setImmediate(() => {
      this.deliver();
    });
  }

  private deliver(): void {
    clearImmediate(this.scheduled);
    this.scheduled = undefined;
    for (const observation of this.queue.splice(0)) this.host?.report(observation);
  }
}

/** What is told of the devices, but for their levels. */
function mutesOf(audio: string): string {
  return audio.replace(/"level":\d+/g, '');
}
