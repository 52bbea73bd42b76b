import { createServer } from 'node:http';
import { listen } from '@legendops/kit/http/listen';
import { portChooser } from '../../loopback/ports.ts';
import { benchDatabase } from '../bench-database.ts';
import type { Contender } from './contender.ts';
import { inTurns, load } from './in-turns.ts';
import { portalContender } from './portal-contender.ts';
import { standings } from './standings.ts';
import { tokenIssuer } from './tokens.ts';

/** Takes batches and looks at nothing: what a collector does with them is no part of any figure. */
const startSink = () =>
  listen(
    createServer((request, response) => void request.resume().on('end', () => response.end())),
    0,
    '127.0.0.1',
  );

/** What traces cost the portal service's list: none, one in ten as by default, all, and all with nobody to take them. */
export const benchTraces = async ({
  profileDirectory,
}: {
  profileDirectory?: string | undefined;
}): Promise<boolean> => {
  const issuer = 'http://bench.test';
  const [database, tokens, sink] = [await benchDatabase(), await tokenIssuer(issuer), await startSink()];
  const { choose } = portChooser(() => undefined);
  const surroundings = { issuer, database, tokens, port: () => choose('bench', 0), profileDirectory };
  const url = `http://127.0.0.1:${sink.port}/v1/traces`;
  const nobody = 'http://127.0.0.1:9/v1/traces';
  const contenders: Contender[] = [];
  try {
    contenders.push(
      await portalContender('no traces', surroundings),
      await portalContender('one in ten', surroundings, { TRACES_URL: url, TRACES_SAMPLE_RATIO: '0.1' }),
      await portalContender('all', surroundings, { TRACES_URL: url, TRACES_SAMPLE_RATIO: '1' }),
      await portalContender('one in ten, to nobody', surroundings, { TRACES_URL: nobody, TRACES_SAMPLE_RATIO: '0.1' }),
    );
    return standings(
      contenders.map(({ name }) => name),
      await inTurns(contenders),
      { title: `traces: list of 20 rows, ${load.connections} connections`, floor: 'no traces', target: 0.9 },
    );
  } finally {
    await Promise.all(contenders.map((contender) => contender.stop()));
    tokens.close();
    await sink.close(0);
    await database.stop();
  }
};
