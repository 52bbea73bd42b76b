import { orExit } from '@legendops/kit/config/service-environment';
import { entraToken } from '@legendops/kit/azure/entra-token';
import { databaseScope } from '@legendops/kit/db/entra-pool';
import { reasonOf } from '@legendops/kit/errors/reason-of';
import { endOnSignal } from '@legendops/kit/jobs/end-on-signal';
import { createLogger } from '@legendops/kit/log/logger';
import { readMigrationsConfig } from './config.ts';
import { install } from './install.ts';
import { kubernetesSecrets } from './kubernetes-secrets.ts';

const config = orExit(() => readMigrationsConfig(process.env));
const log = createLogger({ service: 'migrations', level: config.LOG_LEVEL });
const token = (): Promise<string> => entraToken(databaseScope, { isLocal: config.IDENTITY_IS_LOCAL })();
// Each migration is a transaction, and the next run goes on behind the last.
endOnSignal(1);
try {
  await install({
    databaseUrls: config.databaseUrls,
    administrator: { login: config.administrator.login, password: config.administrator.password ?? (await token()) },
    identities: config.identities,
    secrets: kubernetesSecrets({
      url: config.KUBERNETES_URL,
      tokenPath: config.KUBERNETES_TOKEN_PATH,
      namespace: config.NAMESPACE,
    }),
    loginsSecret: config.LOGINS_SECRET,
    keysSecret: config.KEYS_SECRET,
    requireSafePostgres: config.REQUIRE_SAFE_POSTGRES,
    waitMs: config.WAIT_SECONDS * 1_000,
    say: (line) => log.info(line),
  });
  process.exit(0);
} catch (error) {
  log.error(reasonOf(error));
  process.exit(1);
}
