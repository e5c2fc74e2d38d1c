/** What a broker delivers. Anybody may have published it: nothing of it is known to be as it should be. */
export interface BrokerMessage {
  topic: string;
  payload: Buffer;
  /** It was kept by the broker, and may be old. */
  retain: boolean;
}

/** What those who follow a fleet ask of a connection to a broker, whoever made it. Listeners never throw. */
export interface BrokerPort {
  readonly connected: boolean;
  /**
   * Also while it is not connected, and again after each connect. Of equal filters at one time there is only one.
   * @returns what ends it; harmless when it is over
   */
  subscribe(filter: string, qos: 0 | 1, listener: (message: BrokerMessage) => void): () => void;
  /**
   * Resolves when the broker has it, or never, where nobody can tell.
   * @throws PhoneError `broker_offline` when it is not connected: nothing is kept for later
   */
  publish(topic: string, payload: string, options: { qos: 0 | 1; retain: boolean }): Promise<void>;
  /**
   * Called at each change of `connected`.
   * @returns what ends it; harmless when it is over
   */
  onConnection(listener: (connected: boolean) => void): () => void;
}
