import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Cleanup, temporaryDirectory } from './processes.ts';

export interface Certificate {
  readonly certFile: string;
  readonly keyFile: string;
}

export interface TestAuthority {
  /** PEM of the authority's own certificate. */
  readonly caFile: string;
  /** A certificate for `subjectAltName` such as `IP:127.0.0.1` or `DNS:redis.test`. */
  issue(name: string, subjectAltName: string): Promise<Certificate>;
  /** One that was good for a day, years ago. */
  issueExpired(name: string, subjectAltName: string): Promise<Certificate>;
}

/** An authority of its own for one test, made with the `openssl` command; its files go with the test. */
export async function createAuthority(cleanup: Cleanup): Promise<TestAuthority> {
  const directory = await temporaryDirectory(cleanup);
  const path = (name: string): string => join(directory, name);
  const openssl = (...args: string[]): Promise<unknown> => promisify(execFile)('openssl', args);
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const [caFile, caKeyFile] = [path('ca.pem'), path('ca-key.pem')];
  const self = ['-subj', '/CN=Facet test authority', '-days', '2'];
  await openssl('req', '-x509', ...newKey, '-keyout', caKeyFile, '-out', caFile, ...self);
  return {
    caFile,
    async issue(name, subjectAltName) {
      const [certFile, keyFile] = [path(`${name}.pem`), path(`${name}-key.pem`)];
      const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=${subjectAltName}`];
      const signing = ['-CA', caFile, '-CAkey', caKeyFile, '-days', '2'];
      await openssl('req', '-x509', ...newKey, '-keyout', keyFile, '-out', certFile, ...subject, ...signing);
      return { certFile, keyFile };
    },
    async issueExpired(name, subjectAltName) {
      const [certFile, keyFile, request] = [path(`${name}.pem`), path(`${name}-key.pem`), path(`${name}.csr`)];
      await openssl('req', '-new', ...newKey, '-keyout', keyFile, '-out', request, '-subj', `/CN=${name}`);
      // Only `openssl ca` sets dates in the past, and it wants a book to keep.
      const [book, serials, settings] = [path('book'), path('serials'), path('ca.cnf')];
      await Promise.all([writeFile(book, ''), writeFile(serials, '01')]);
      const authority = `database=${book}\nserial=${serials}\nnew_certs_dir=${directory}\ndefault_md=sha256\npolicy=any`;
      const any = '[any]\ncommonName=supplied';
      await writeFile(
        settings,
        `[ca]\ndefault_ca=own\n[own]\n${authority}\n${any}\n[san]\nsubjectAltName=${subjectAltName}`,
      );
      const dates = ['-startdate', '20200101000000Z', '-enddate', '20200102000000Z'];
      const signing = ['-config', settings, '-extensions', 'san', '-cert', caFile, '-keyfile', caKeyFile, ...dates];
      await openssl('ca', '-batch', '-notext', ...signing, '-in', request, '-out', certFile);
      return { certFile, keyFile };
    },
  };
}
