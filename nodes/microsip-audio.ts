import type { NodeAPI } from 'node-red';
import { registerActionNode } from '../src/node-red/action-node';
import type { PhoneUserConfig } from '../src/node-red/phone-user';
import { wordSetting } from '../src/node-red/settings';
import { typedValue } from '../src/node-red/typed-value';
import { AUDIO_ACTIONS, AUDIO_DEVICES } from '../src/phone/command';

interface AudioConfig extends PhoneUserConfig {
  device?: string;
  action?: string;
  /** 0..100, only for the action `set` */
  level?: string;
  levelType?: string;
}

export = function (RED: NodeAPI): void {
  registerActionNode<AudioConfig>(RED, 'microsip-audio', async ({ node, config, phone, msg }) => {
    const device = wordSetting('device', config.device, AUDIO_DEVICES, 'microphone');
    const action = wordSetting('action', config.action, AUDIO_ACTIONS, 'toggle');
    if (action !== 'set') return phone.execute({ type: 'audio', device, action });
    const level = await typedValue(RED, node, config.level ?? 'payload', config.levelType ?? 'msg', msg);
    return phone.execute({ type: 'audio', device, action, level });
  });
};
