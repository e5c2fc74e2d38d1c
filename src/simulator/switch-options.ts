import { FEATURES, type Feature } from '../phone/commands/command';
import type { SimulatedMicrosipOptions } from './simulated-options';
import type { SwitchOptions } from './switches';

/** What the options of a simulated MicroSIP say of its switches; those that they leave open are as in a new MicroSIP. */
export function switchOptions(options: SimulatedMicrosipOptions): SwitchOptions {
  const { buttons = FEATURES, autoAnswerDelay, doNotDisturb = false, forwardingNumber, pressed } = options;
  const is = (feature: Feature, otherwise: boolean): boolean => pressed?.some((one) => one === feature) ?? otherwise;
  return {
    offered: buttons.filter((feature) => feature !== 'forwarding' || forwardingNumber !== undefined),
    settings: {
      dnd: is('dnd', doNotDisturb),
      autoAnswer: is('autoAnswer', autoAnswerDelay !== undefined),
      autoConference: is('autoConference', false),
      forwarding: is('forwarding', forwardingNumber !== undefined),
    },
  };
}
