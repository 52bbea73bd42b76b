import { WorkloadIdentityCredential } from '@azure/identity';
import { BlobServiceClient } from '@azure/storage-blob';
import { followRevocations } from '@legendops/kit/auth/follow-revocations';
import { projectedToken } from '@legendops/kit/auth/projected-token';
import { orExit } from '@legendops/kit/config/service-environment';
import { serviceFoundation } from '@legendops/kit/http/service-foundation';
import { catalogApp } from './app.ts';
import { readCatalogConfig } from './config.ts';
import { azureBlobStore } from './media/azure-blob-store.ts';
import { departedSweep } from './media/departed-tenants.ts';
import { measuredBlobStore } from './media/measured-blob-store.ts';
import { mediaSweep } from './media/sweep.ts';

const config = orExit(() => readCatalogConfig(process.env));
const foundation = await serviceFoundation('catalog', config, ({ log }) =>
  followRevocations({ url: config.AUTH_INTERNAL_URL, token: projectedToken(config.AUTH_TOKEN_PATH), log }),
);
const { database, platform, log } = foundation;

// On one machine the sign-in authority is not one that Entra's instance discovery knows.
const credential = new WorkloadIdentityCredential({ disableInstanceDiscovery: config.BLOB_IS_LOCAL });
const storage = new BlobServiceClient(config.BLOB_URL, credential, { retryOptions: { maxTries: 3 } });
const blobs = measuredBlobStore(azureBlobStore(storage, { publicUrl: config.MEDIA_URL }), log);

await foundation.serve({
  ...catalogApp({ database, platform, blobs }),
  background: [mediaSweep({ platform, database, blobs }, log), departedSweep({ platform, blobs }, log)],
});
