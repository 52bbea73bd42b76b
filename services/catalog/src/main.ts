import { parseEnvironment } from '@legendops/kit/config/parse-environment';
import { orExit, serviceVariables } from '@legendops/kit/config/service-environment';
import { serviceFoundation } from '@legendops/kit/http/service-foundation';
import { catalogApp } from './app.ts';

const config = orExit(() => parseEnvironment(serviceVariables, process.env));
const foundation = await serviceFoundation('catalog', config);
await foundation.serve(catalogApp({ database: foundation.database }));
