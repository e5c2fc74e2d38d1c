import type { NodeAPI } from 'node-red';
import { registerActionNode } from '../src/node-red/inputs/action-node';
import type { PhoneUserConfig } from '../src/node-red/phones/phone-user';
import { filled } from '../src/node-red/inputs/settings';
import { typedValue } from '../src/node-red/messages/typed-value';

interface AudioConfig extends PhoneUserConfig {
  device?: string;
  action?: string;
  /** 0..100, only for the action `set` */
  level?: string;
  levelType?: string;
}

export = function (RED: NodeAPI): void {
  registerActionNode<AudioConfig>(RED, 'microsip-audio', async ({ node, config, msg }) => {
    const device = filled(config.device) ?? 'microphone';
    const action = filled(config.action) ?? 'toggle';
    if (action !== 'set') return { type: 'audio', device, action };
    const { value: level } = await typedValue(RED, node, config.level ?? 'payload', config.levelType ?? 'msg', msg);
    return { type: 'audio', device, action, level };
  });
};
