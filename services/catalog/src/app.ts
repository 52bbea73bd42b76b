import { auditFeed } from '@legendops/kit/contract/audit-payload';
import type { PlatformDatabase, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Route } from '@legendops/kit/http/route';
import { feedRoutes } from '@legendops/kit/outbox/feed-routes';
import { adoptionRoutes } from './base-catalog/adoption-routes.ts';
import { adoptionService } from './base-catalog/adoption-service.ts';
import { baseCatalogRoutes } from './base-catalog/routes.ts';
import { baseCatalogService } from './base-catalog/service.ts';
import { baseCatalogStore } from './base-catalog/store.ts';
import { designExportRoutes } from './cabling-design/export-routes.ts';
import { designRoutes } from './cabling-design/routes.ts';
import { designService } from './cabling-design/service.ts';
import { designStore } from './cabling-design/store.ts';
import { calculatorRoutes } from './calculators/routes.ts';
import { calculatorService } from './calculators/service.ts';
import { categoryRoutes } from './category/routes.ts';
import { categoryService } from './category/service.ts';
import { categoryStore } from './category/store.ts';
import type { BlobStore } from './media/blob-store.ts';
import { mediaChecker } from './media/check/media-checker.ts';
import { mediaRoutes } from './media/routes.ts';
import { mediaService } from './media/service.ts';
import { mediaStore } from './media/store.ts';
import { priceListRoutes } from './price-list/routes.ts';
import { priceListService } from './price-list/service.ts';
import { priceListStore } from './price-list/store.ts';
import { productImportRoutes } from './product-import/routes.ts';
import { productImportService } from './product-import/service.ts';
import { productFileRoutes } from './product-file/routes.ts';
import { productFileService } from './product-file/service.ts';
import { productFileStore } from './product-file/store.ts';
import { productRoutes } from './product/routes.ts';
import { productService } from './product/service.ts';
import { productStore } from './product/store.ts';
import { relationRoutes } from './relation/routes.ts';
import { relationService } from './relation/service.ts';
import { relationStore } from './relation/store.ts';
import { stencilMasterRoutes } from './stencil-library/master-routes.ts';
import { stencilMasterService } from './stencil-library/master-service.ts';
import { stencilPackages } from './stencil-library/packages.ts';
import { productMasterService } from './stencil-library/product-masters.ts';
import { readerPool, type ReaderPool } from './stencil-library/reader-pool.ts';
import { stencilRoutes } from './stencil-library/routes.ts';
import { stencilService } from './stencil-library/service.ts';
import { stencilStore } from './stencil-library/store.ts';
import { stencilUploadService } from './stencil-library/upload-service.ts';

/** The catalog service without its ports. No I/O happens here. */
export const catalogApp = ({
  database,
  platform,
  blobs,
  readers = readerPool(),
  now = () => new Date(),
}: {
  database: TenantDatabase;
  platform: PlatformDatabase;
  blobs: BlobStore;
  readers?: ReaderPool;
  now?: () => Date;
}): { routes: Route[]; internalRoutes: Route[] } => {
  const products = productService(productStore(database), database);
  const categories = categoryService(categoryStore(database), database);
  const checker = mediaChecker({ stencils: readers.forAnybody });
  const media = mediaService({ store: mediaStore(database), database, blobs, checker, now });
  const base = baseCatalogStore(database);
  const stencils = stencilStore(database);
  const packages = stencilPackages(media);
  const designs = designService(designStore(database), database);
  const today = (timeZone: string): string => now().toLocaleDateString('en-CA', { timeZone });
  return {
    routes: [
      ...productImportRoutes(productImportService({ products, categories }, database)),
      ...productRoutes(products),
      ...baseCatalogRoutes(baseCatalogService(base, database)),
      ...adoptionRoutes(adoptionService(base, database)),
      ...categoryRoutes(categories),
      ...relationRoutes(relationService(relationStore(database), database)),
      ...priceListRoutes(priceListService(priceListStore(database), database), today),
      ...mediaRoutes(media),
      ...productFileRoutes(productFileService({ store: productFileStore(database), database, media })),
      ...calculatorRoutes(calculatorService()),
      ...stencilRoutes(
        stencilService({ store: stencils, packages }, database),
        stencilUploadService({ packages, readers }, database),
      ),
      ...stencilMasterRoutes(stencilMasterService(stencils), productMasterService(database)),
      ...designRoutes(designs),
      ...designExportRoutes(designs),
    ],
    internalRoutes: feedRoutes({ database: platform, feeds: { [auditFeed.topic]: ['legendops/portal'] } }),
  };
};
