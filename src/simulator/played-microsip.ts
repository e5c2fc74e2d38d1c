import type { Voicemail } from '../phone/voicemail';
import type { AudioDevice, Feature, Features } from '../phone/commands/command';

/** A call that comes in. */
export interface IncomingCall {
  number: string;
  name?: string;
  /** `sip:user@host`: only for a caller whose host is not our own domain, or whose address has parameters (`;user=phone`). */
  uri?: string;
  /** The caller offers video. */
  video?: boolean;
}

/** How the network carries the audio of calls. Shares are percent, 0..100, times ms. */
export interface PlayedNetwork {
  /** What we receive of it. */
  lossPercent: number;
  discardedPercent: number;
  jitterMs: number;
  /** What the far end receives and reports. */
  sentLossPercent: number;
  sentJitterMs: number;
  /** `undefined`: the far end never reports anything. */
  rttMs: number | undefined;
  /** How many packets each side has sent by the end; absent: as many as the time since the audio began has room for. */
  packets?: number;
  /** As SDP names it, and its Hz; absent: `PCMU`, 8000. */
  codec?: string;
  clockRate?: number;
}

/**
 * Plays the people and servers on the other side. Every method takes the SIP Call-ID of a call, or means the newest call
 * that fits. While MicroSIP hangs, what they do waits and happens when it recovers.
 * @throws PhoneError `no_call` when no call fits
 */
export interface PlayedFarEnd {
  /**
   * Somebody calls us.
   * @returns the SIP Call-ID; also when MicroSIP refuses the call by itself and it never rings
   * @throws PhoneError `no_call` when MicroSIP does not run or is not registered: nobody could reach it; `config` for an
   * address that is none
   */
  incoming(call: IncomingCall): string;
  /** The far end rings: with 180, or with 183 and a tone or announcement of its own. */
  ring(sipCallId?: string, status?: 180 | 183): void;
  /** The far end takes our call. */
  answer(sipCallId?: string): void;
  busy(sipCallId?: string): void;
  reject(sipCallId?: string): void;
  noAnswer(sipCallId?: string): void;
  /**
   * The far end, or a server on the way, refuses our call.
   * @param sipStatus 400..699, but not 401, 407 and 422, after which MicroSIP tries again
   * @param sipReason the phrase of that status
   * @throws PhoneError `config` for another status
   */
  fail(sipStatus: number, sipReason: string, sipCallId?: string): void;
  /**
   * Hangs up; or gives up while we ring, perhaps since the call was taken `elsewhere`.
   * @param cancelReason text of the Reason header with which it gives up
   */
  hangup(sipCallId?: string, elsewhere?: boolean, cancelReason?: string): void;
  hold(sipCallId?: string): void;
  resume(sipCallId?: string): void;
  /** How the network is from now on, for calls that end later; what is not given is as good as can be. */
  network(network: Partial<PlayedNetwork>): void;
}

/**
 * Plays the person who sits at MicroSIP. Without a SIP Call-ID it is the newest call that fits, or that of the selected
 * tab. While MicroSIP hangs, it reacts when it recovers.
 * @throws PhoneError `no_call` when no call fits, `not_running`
 */
export interface PlayedUser {
  answer(sipCallId?: string): void;
  /** The ringing window's Decline: 486. */
  decline(sipCallId?: string): void;
  /** Closes the ringing window: the call goes on ringing for the caller, and may still be answered by command. */
  ignore(sipCallId?: string): void;
  /** Ends a call; with the SIP Call-ID of one that rings it is the F4 key, which answers 603. */
  hangup(sipCallId?: string): void;
  toggleHold(sipCallId?: string): void;
  /** Chooses the tab of a call: one that is on hold is resumed, the others are held. */
  selectTab(sipCallId: string): void;
  /** Makes a conference of all calls: the others join that of the selected tab. */
  merge(): void;
  /** The call of the selected tab leaves the conference. */
  separate(): void;
  /** Types a number and presses Call: no registration is asked for, unlike with a command. */
  dial(number: string): void;
  /**
   * Presses the button of a switch that does not stand so already; `recording` is of the call of the selected tab.
   * @throws PhoneError `unsupported` when MicroSIP shows no such button
   */
  setFeature(feature: Feature, on: boolean): void;
  /**
   * Moves the slider of a device (0..100), which unmutes it, and ticks or clears its mute box.
   * @throws PhoneError `config` for a level that is none
   */
  setAudio(device: AudioDevice, to: { muted?: boolean; level?: number }): void;
  /** Clicks the message box on top away; nothing happens when there is none. */
  closeBox(): void;
}

/** A simulated MicroSIP, as programs play with it. All but `start`, `crash` and `dispose` need one that runs. */
export interface PlayedMicrosip {
  readonly far: PlayedFarEnd;
  readonly user: PlayedUser;
  /** How its switches stand; one whose button is not there is absent. */
  readonly features: Features;
  /** The registrar takes the registration. */
  register(): void;
  /** The registration is lost. */
  unregister(): void;
  /** The registrar refuses the registration. @param sipStatus 300..699 */
  refuseRegistration(sipStatus?: number): void;
  /** The server tells what is in the mailbox. */
  notifyVoicemail(voicemail: Voicemail): void;
  /** A message box waits for a click. @param title `MicroSIP` unless told */
  showBox(title?: string): void;
  /** From its next start on its build is too old: it says so in a message box, and does not start. */
  expire(): void;
  /**
   * Its window answers nothing for so long.
   * @param milliseconds from now; never shortens a hang
   */
  hang(milliseconds: number): void;
  /** The process is gone at once: its calls have no end that anybody could see. */
  crash(): void;
  /** Its program is started; one that runs goes on. */
  start(): void;
  /** Exits if it runs and starts again: it is registered as soon as it is ready. One that hangs is killed. */
  restart(): void;
  /** Ends its calls the normal way and exits. */
  exit(): void;
  /** Whether a second call ends the first one, or there may be several. */
  setSingleMode(single: boolean): void;
  /** Leaves no timer and no listener behind. */
  dispose(): void;
}
