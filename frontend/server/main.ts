import { fileURLToPath } from 'node:url';
import { startPortalServer } from './portal-server.ts';

// The container of the portal. It has no secret and no neighbour: three variables are all its configuration.
const { PORT = '8080', READINESS_DELAY_MS = '5000', MEDIA_URL = '' } = process.env;

const server = await startPortalServer({
  port: Number(PORT),
  host: '0.0.0.0',
  folder: fileURLToPath(new URL('../dist', import.meta.url)),
  mediaOrigin: MEDIA_URL === '' ? undefined : new URL(MEDIA_URL).origin,
});
process.stdout.write(
  `${JSON.stringify({ level: 'info', service: 'frontend', port: server.port, msg: 'listening' })}\n`,
);
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => void server.drain(Number(READINESS_DELAY_MS)).then(() => process.exit(0)));
