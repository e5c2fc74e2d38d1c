import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export type Way = 'toServer' | 'toClient';

/** One way of a connection. What is held back stays in order, its end too. */
class Pipe {
  stalled = false;
  private held: Buffer[] = [];
  private hasEnded = false;

  constructor(
    from: Socket,
    private readonly to: Socket,
  ) {
    from.on('data', (data: Buffer) => {
      this.held.push(data);
      this.flush();
    });
    for (const event of ['end', 'close'])
      from.on(event, () => {
        this.hasEnded = true;
        this.flush();
      });
    // A `close` follows.
    from.on('error', () => undefined);
  }

  flush(): void {
    if (this.stalled) return;
    for (const data of this.held.splice(0)) if (this.to.writable) this.to.write(data);
    if (this.hasEnded) this.to.end();
  }
}

interface Connection {
  sockets: Socket[];
  pipes: Record<Way, Pipe>;
}

/** Stands between a client and a server on this computer, and can make their connection half-open. */
export class TcpProxy {
  readonly port: number;
  private readonly connections = new Set<Connection>();
  private stalledWays: readonly Way[] = [];

  private constructor(
    private readonly server: Server,
    private readonly target: number,
  ) {
    this.port = (server.address() as AddressInfo).port;
    server.on('connection', (client) => {
      this.accept(client);
    });
  }

  static async start(target: number): Promise<TcpProxy> {
    // Or the end of one way would end the other one.
    const server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new TcpProxy(server, target);
  }

  get url(): string {
    return `mqtt://127.0.0.1:${this.port}`;
  }

  get open(): number {
    return this.connections.size;
  }

  /** Both ends stay connected, and nothing arrives any more: in connections of now, and in later ones until `release`. */
  stall(ways: readonly Way[] = ['toServer', 'toClient']): void {
    this.stalledWays = ways;
    this.stallPresent(ways);
  }

  /** As `stall`, but later connections pass. */
  stallPresent(ways: readonly Way[] = ['toServer', 'toClient']): void {
    for (const { pipes } of this.connections) for (const way of ways) pipes[way].stalled = true;
  }

  /** Lets all through that was held back. */
  release(): void {
    this.stalledWays = [];
    for (const { pipes } of this.connections)
      for (const pipe of Object.values(pipes)) {
        pipe.stalled = false;
        pipe.flush();
      }
  }

  /** Ends all connections. What was held back is lost. */
  cut(): void {
    for (const { sockets } of this.connections) for (const socket of sockets) socket.destroy();
    this.connections.clear();
  }

  /** Cuts all, and nobody can connect until `reopen`, as when the server's computer is switched off. */
  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.cut();
    await closed;
  }

  async reopen(): Promise<void> {
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
  }

  private accept(client: Socket): void {
    const server = connect({ port: this.target, host: '127.0.0.1', allowHalfOpen: true });
    const pipes = { toServer: new Pipe(client, server), toClient: new Pipe(server, client) };
    const connection: Connection = { sockets: [client, server], pipes };
    for (const way of this.stalledWays) pipes[way].stalled = true;
    this.connections.add(connection);
    const forget = () => {
      if (client.destroyed && server.destroyed) this.connections.delete(connection);
    };
    client.on('close', forget);
    server.on('close', forget);
  }
}
