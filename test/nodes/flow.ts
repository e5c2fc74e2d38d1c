import helper from 'node-red-node-test-helper';
import type { Node, NodeInitializer, NodeMessageInFlow } from 'node-red';
import answer from '../../nodes/microsip-answer';
import app from '../../nodes/microsip-app';
import audio from '../../nodes/microsip-audio';
import callLog from '../../nodes/microsip-call-log';
import conference from '../../nodes/microsip-conference';
import contacts from '../../nodes/microsip-contacts';
import dial from '../../nodes/microsip-dial';
import dtmf from '../../nodes/microsip-dtmf';
import feature from '../../nodes/microsip-feature';
import fleet from '../../nodes/microsip-fleet';
import hangup from '../../nodes/microsip-hangup';
import hold from '../../nodes/microsip-hold';
import message from '../../nodes/microsip-message';
import phone from '../../nodes/microsip-phone';
import simulator from '../../nodes/microsip-simulator';
import status from '../../nodes/microsip-status';
import transfer from '../../nodes/microsip-transfer';
import wait from '../../nodes/microsip-wait';

helper.init(require.resolve(process.env['NODE_RED_PKG'] ?? 'node-red'));

const NODES: NodeInitializer[] = [
  phone,
  dial,
  answer,
  hangup,
  dtmf,
  transfer,
  hold,
  conference,
  feature,
  audio,
  message,
  app,
  status,
  callLog,
  wait,
  contacts,
  fleet,
  simulator,
];

export type Message = NodeMessageInFlow & Record<string, unknown> & { payload: Record<string, unknown> };
export interface FlowNode {
  id: string;
  type: string;
  [property: string]: unknown;
}

interface StatusSpy {
  args: [Record<string, unknown>][];
  thisValues: unknown[];
}

/** A simulated phone named `Desk 1` with the id `phone`. */
export const PHONE: FlowNode = { id: 'phone', type: 'microsip-phone', name: 'Desk 1', connection: 'simulator' };

/** Nodes on no tab. */
const CONFIGS = new Set(['microsip-phone', 'mqtt-broker']);

/** A flow that is running; `messages` are what each node of type `helper` has received. */
export class Flow {
  private readonly received = new Map<string, Message[]>();

  /**
   * Nodes without a tab get one; a node of type `catch` needs it.
   * @param others nodes that are not part of the package
   */
  static async load(nodes: FlowNode[], others: NodeInitializer[] = []): Promise<Flow> {
    const onTab = nodes.map((node) => (CONFIGS.has(node.type) ? node : { z: 'tab', x: 100, y: 100, ...node }));
    await helper.load([...NODES, ...others], [{ id: 'tab', type: 'tab' }, ...onTab] as never);
    return new Flow(onTab);
  }

  private constructor(readonly nodes: FlowNode[]) {
    for (const { id, type } of nodes) {
      if (type !== 'helper') continue;
      const messages: Message[] = [];
      this.received.set(id, messages);
      this.node(id).on('input', (msg) => messages.push(msg as Message));
    }
  }

  node(id: string): Node {
    return helper.getNode(id);
  }

  send(id: string, msg: object): void {
    this.node(id).receive(msg as NodeMessageInFlow);
  }

  messages(id: string): Message[] {
    return this.received.get(id) ?? [];
  }

  /** Waits until the helper node has a message that fits. */
  async until(id: string, fits: (msg: Message) => boolean = () => true): Promise<Message> {
    const end = Date.now() + 20_000;
    for (;;) {
      const found = this.messages(id).find(fits);
      if (found) return found;
      if (Date.now() > end) throw new Error(`no such message at ${id}: ${JSON.stringify(this.messages(id))}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  event(id: string, name: string, nth = 1): Promise<Message> {
    return this.until(
      id,
      (msg) =>
        msg.payload['event'] === name &&
        this.messages(id)
          .filter((m) => m.payload['event'] === name)
          .indexOf(msg) ===
          nth - 1,
    );
  }

  /** The last status of a node. The helper spies on all nodes at once. */
  statusOf(id: string): Record<string, unknown> {
    const node = this.node(id);
    const { args, thisValues } = Reflect.get<object, string>(node, 'status') as StatusSpy;
    return args.findLast((_, index) => thisValues[index] === node)?.[0] ?? {};
  }
}

export function nodeSuite(name: string, tests: () => void): void {
  describe(name, () => {
    before((done) => {
      helper.startServer(done);
    });
    after((done) => {
      helper.stopServer(done);
    });
    afterEach(() => helper.unload());
    tests();
  });
}
