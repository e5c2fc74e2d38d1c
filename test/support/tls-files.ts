import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { skipBecause } from './skip';

/** Paths of PEM files. */
export interface CertificateFiles {
  cert: string;
  key: string;
}

export interface CertificateOptions {
  /** As of OpenSSL's `subjectAltName`, such as `DNS:localhost,IP:127.0.0.1`. */
  names?: string;
  expired?: boolean;
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** Why there is no OpenSSL here. */
function whyNoOpenssl(): string | undefined {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'openssl is not installed (Debian: openssl)';
  }
}

/** One for all tests of the suite in which this is called, or the suite is left out. Returns what gives it, once tests run. */
export function useAuthority(): () => TestAuthority {
  let authority: TestAuthority | undefined;
  before(function () {
    const why = whyNoOpenssl();
    if (why) skipBecause(this, why);
    authority = new TestAuthority();
  });
  after(() => authority?.remove());
  return () => {
    if (!authority) throw new Error('It is made before the first test');
    return authority;
  };
}

/** A certificate authority that nobody trusts unless told to, made for one test run. */
export class TestAuthority {
  private readonly folder = mkdtempSync(join(tmpdir(), 'tls-files-'));
  /** The path of its own certificate. */
  readonly ca = join(this.folder, 'ca.pem');
  private readonly key = join(this.folder, 'ca.key');

  constructor() {
    this.openssl('req', '-x509', ...NEW_KEY, '-subj', '/CN=Test authority', '-keyout', this.key, '-out', this.ca);
  }

  /** For this computer under the names by which tests reach it. */
  server(): CertificateFiles {
    return this.certificate('localhost', { names: 'DNS:localhost,IP:127.0.0.1' });
  }

  /** @param commonName of a client: its user */
  certificate(commonName: string, { names = `DNS:${commonName}`, expired = false }: CertificateOptions = {}) {
    const base = join(this.folder, `${commonName}${expired ? '-expired' : ''}`);
    const files: CertificateFiles = { cert: `${base}.pem`, key: `${base}.key` };
    const request = `${base}.csr`;
    writeFileSync(`${base}.ext`, `subjectAltName=${names}\n`);
    this.openssl('req', ...NEW_KEY, '-subj', `/CN=${commonName}`, '-keyout', files.key, '-out', request);
    const signedBy = ['-CA', this.ca, '-CAkey', this.key, '-CAcreateserial', '-days', expired ? '-1' : '2'];
    this.openssl('x509', '-req', '-in', request, ...signedBy, '-extfile', `${base}.ext`, '-out', files.cert);
    return files;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private openssl(...args: string[]): void {
    execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  }
}
