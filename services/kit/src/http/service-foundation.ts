import type { RequestListener } from 'node:http';
import { accessTokenVerifier } from '../auth/access-token.ts';
import { remoteKeys } from '../auth/remote-keys.ts';
import type { SessionCheck, Sessions } from '../auth/session-check.ts';
import { serviceTokenVerifier } from '../auth/service-token.ts';
import { counted } from '../auth/token-metrics.ts';
import type { FollowedSettings } from '../config/follow-settings.ts';
import { settledOrExit, type ServiceEnvironment } from '../config/service-environment.ts';
import { serviceSettings, type OwnSettings } from '../config/service-settings.ts';
import type { SettingList } from '../config/settings.ts';
import { databaseLogin } from '../db/entra-pool.ts';
import { createPool } from '../db/pool.ts';
import { measurePools } from '../db/pool-metrics.ts';
import { requireSchema } from '../db/schema-version.ts';
import { requireSafeServer } from '../db/server-version.ts';
import {
  platformDatabase,
  serviceDatabase,
  type PlatformDatabase,
  type TenantDatabase,
} from '../db/tenant-database.ts';
import { tenantRegistry, type TenantRegistry } from '../db/tenant-registry.ts';
import { endOnSignal } from '../jobs/end-on-signal.ts';
import { housekeeping, type Chore } from '../jobs/housekeeping.ts';
import { repeat } from '../jobs/repeat.ts';
import { untilFit } from '../jobs/until-fit.ts';
import { createLogger, type Log } from '../log/logger.ts';
import { measureOutbox } from '../outbox/feed-metrics.ts';
import { startTracing } from '../trace/start-tracing.ts';
import type { Gates } from './admission.ts';
import { createApi } from './create-api.ts';
import type { Background } from './drain.ts';
import { startManagement, type Health } from './management-server.ts';
import { rateLimit } from './rate-limit.ts';
import type { Route } from './route.ts';
import { runService } from './run-service.ts';

export interface ServiceFoundation<More extends SettingList = SettingList> {
  log: Log;
  /** What App Configuration may change while the service runs. */
  settings: Pick<FollowedSettings<More>, 'current'>;
  database: TenantDatabase;
  platform: PlatformDatabase;
  registry: TenantRegistry;
  /** For what somebody began and comes back to without a token. */
  checkSession: SessionCheck;
  /** Mounts the routes, keeps the database tidy and serves until a signal comes. */
  serve(parts: {
    routes: readonly Route[];
    internalRoutes: readonly Route[];
    background?: readonly Background[];
    /** What goes from this service's own tables when it is over. */
    chores?: readonly Chore[];
  }): Promise<void>;
}

// Above the statement_timeout of the services' logins (15 s), which ends a statement on the server, too.
const queryTimeoutMs = 20_000;
const measureEveryMs = 15_000;

/**
 * What every service stands on: log, pool, registry, gates and its three ports. Waits for a database that it can work with:
 * until then only the management port answers, and says not ready; the other two are listened to by serve().
 */
export const serviceFoundation = async <const More extends SettingList = SettingList>(
  service: string,
  config: ServiceEnvironment,
  sessionsOf: (parts: Pick<ServiceFoundation, 'log' | 'database'>) => Sessions,
  more?: OwnSettings<More>,
): Promise<ServiceFoundation<More>> => {
  const log = createLogger({ service, level: config.LOG_LEVEL });
  const tracing = await startTracing(service, config, log);
  const settings = await settledOrExit(serviceSettings(service, config, { log, more }));
  const pool = createPool({
    ...databaseLogin(config),
    max: config.DATABASE_CONNECTIONS,
    query_timeout: queryTimeoutMs,
  });
  measurePools([pool]);
  const platform = platformDatabase(pool);
  const health: Health = {
    ready: { start: () => Promise.reject(new Error('starting')) },
    draining: () => false,
  };
  const ownSignals = endOnSignal(0);
  const management = await startManagement({ port: config.MANAGEMENT_PORT, host: config.LISTEN_HOST, health });
  await untilFit(
    async () => {
      await requireSafeServer(pool, { enforce: config.REQUIRE_SAFE_POSTGRES });
      await requireSchema((statement) => platform.read('schema version', statement), {
        database: `${service}_db`,
        acceptNewer: config.ACCEPT_NEWER_SCHEMA,
      });
    },
    { log },
  );
  const registry = tenantRegistry(platform);
  const database = serviceDatabase(pool);
  const sessions = sessionsOf({ log, database });
  const gates: Gates = {
    verifyAccessToken: counted(
      'person',
      accessTokenVerifier({ keys: remoteKeys(config.ACCESS_TOKEN_KEYS_URL), issuer: config.ACCESS_TOKEN_ISSUER }),
    ),
    checkSession: sessions.check,
    verifyServiceToken: counted(
      'workload',
      serviceTokenVerifier({
        keys: remoteKeys(config.SERVICE_TOKEN_KEYS_URL),
        issuer: config.SERVICE_TOKEN_ISSUER,
        audience: `legendops-${service}`,
      }),
    ),
    registry,
    rateLimit: rateLimit(),
  };
  const api = (prefix: string, routes: readonly Route[]): RequestListener =>
    createApi({
      service,
      prefix,
      routes,
      gates,
      database,
      log,
      validateAnswers: config.VALIDATE_ANSWERS,
      trustedProxyHops: config.TRUSTED_PROXY_HOPS,
    });
  return {
    log,
    settings,
    database,
    platform,
    registry,
    checkSession: sessions.check,
    serve: async ({ routes, internalRoutes, background = [], chores = [] }) => {
      await runService({
        log,
        host: config.LISTEN_HOST,
        publicApi: { app: api(`/api/${service}`, routes), port: config.PORT },
        internalApi: { app: api('/internal', internalRoutes), port: config.INTERNAL_PORT },
        management,
        health,
        ready: { database: () => pool.query('select 1'), sessions: sessions.ready },
        background: [
          ...background,
          sessions,
          settings,
          housekeeping(platform, chores, log),
          repeat(() => measureOutbox(platform), { everyMs: measureEveryMs, log, name: 'outbox lag' }),
        ],
        release: async () => {
          await pool.end();
          await tracing.stop();
        },
        readinessDelayMs: config.READINESS_DELAY_MS,
        drainBudgetMs: config.DRAIN_BUDGET_MS,
      });
      ownSignals();
    },
  };
};
