import type { AgentConfig } from '../config/agent-config';
import { checkBroker, type BrokerCheck } from './check-broker';
import { checkPhone, type PhoneCheck } from './check-phone';

export interface CheckedPhone {
  id: string;
  broker: BrokerCheck;
  phone: PhoneCheck;
}

/** Tries all that an agent with this configuration needs. One after the other: brokers limit how many come at once. */
export async function checkAgent(config: AgentConfig): Promise<CheckedPhone[]> {
  const checked: CheckedPhone[] = [];
  for (const phone of config.phones) {
    checked.push({ id: phone.id, broker: await checkBroker(config, phone), phone: await checkPhone(phone) });
  }
  return checked;
}
