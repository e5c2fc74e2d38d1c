import type { HomeAssistantConfig } from '../../../src/agent/config/agent-config';

/** Where Home Assistant is when nobody has set anything there. */
export const HOME_ASSISTANT: HomeAssistantConfig = { prefix: 'homeassistant', statusTopic: 'homeassistant/status' };
