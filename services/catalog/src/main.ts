import { followRevocations } from '@legendops/kit/auth/follow-revocations';
import { projectedToken } from '@legendops/kit/auth/projected-token';
import { parseEnvironment } from '@legendops/kit/config/parse-environment';
import { orExit, serviceVariables, sessionVariables } from '@legendops/kit/config/service-environment';
import { serviceFoundation } from '@legendops/kit/http/service-foundation';
import { catalogApp } from './app.ts';

const config = orExit(() => parseEnvironment({ ...serviceVariables, ...sessionVariables }, process.env));
const foundation = await serviceFoundation('catalog', config, ({ log }) =>
  followRevocations({ url: config.AUTH_INTERNAL_URL, token: projectedToken(config.AUTH_TOKEN_PATH), log }),
);
await foundation.serve(catalogApp(foundation));
