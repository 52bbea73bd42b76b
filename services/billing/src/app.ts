import { auditFeed } from '@legendops/kit/contract/audit-payload';
import type { SessionCheck } from '@legendops/kit/auth/session-check';
import type { PlatformDatabase, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { TenantRegistry } from '@legendops/kit/db/tenant-registry';
import type { Route } from '@legendops/kit/http/route';
import type { Log } from '@legendops/kit/log/logger';
import type { Mailer } from '@legendops/kit/mail/mailer';
import { Problem } from '@legendops/kit/errors/problem';
import { feedRoutes } from '@legendops/kit/outbox/feed-routes';
import { allLanes, type TenantLanes } from './background/tenant-lanes.ts';
import { looker } from './book-entry/looker.ts';
import { lookStore } from './book-entry/look-store.ts';
import { bookEntryRoutes } from './book-entry/routes.ts';
import { bookEntryService } from './book-entry/service.ts';
import { bookEntryStore } from './book-entry/store.ts';
import { webhookRoutes } from './book-entry/webhook-routes.ts';
import { changeRoutes } from './change/routes.ts';
import { changeService, type ChangeService } from './change/service.ts';
import { changeStore } from './change/store.ts';
import { connectStates } from './connection/quickbooks-state.ts';
import { heldSecrets } from './connection/held-secrets.ts';
import { connectionRoutes } from './connection/routes.ts';
import { connectionService } from './connection/service.ts';
import { connectionStore } from './connection/store.ts';
import { vendors } from './connection/vendors.ts';
import type { Vendor } from './contract.ts';
import { evidenceRoutes } from './evidence/routes.ts';
import { evidenceService } from './evidence/service.ts';
import { evidenceStore } from './evidence/store.ts';
import { internalExceptionRoutes } from './exception/internal-routes.ts';
import { exceptionRoutes } from './exception/routes.ts';
import { exceptionService } from './exception/service.ts';
import { exceptionStore } from './exception/store.ts';
import { approvalLimitRoutes } from './approval-limit/routes.ts';
import { approvalLimitService } from './approval-limit/service.ts';
import { draftRoutes } from './invoice/draft-routes.ts';
import { draftService } from './invoice/draft-service.ts';
import { standingApproval } from './invoice/lapsed-approval.ts';
import { invoiceRoutes } from './invoice/routes.ts';
import { invoiceService } from './invoice/service.ts';
import { sheetRoutes } from './invoice/sheet-routes.ts';
import { sheetService } from './invoice/sheet-service.ts';
import { sheetStore } from './invoice/sheet-store.ts';
import { invoiceStore } from './invoice/store.ts';
import { knownLinks } from './link/known-links.ts';
import { linkRoutes } from './link/routes.ts';
import { linkService } from './link/service.ts';
import { linkStore } from './link/store.ts';
import type { RightsOf } from './member/rights.ts';
import type { StaffOf } from './member/staff.ts';
import { noticeLanes } from './notice/notices.ts';
import { noticeRoutes } from './notice/routes.ts';
import { noticeService } from './notice/service.ts';
import { noticeStore } from './notice/store.ts';
import type { Teams } from './notice/teams.ts';
import { pax8Tokens } from './pax8/tenant-tokens.ts';
import { pax8WebhookRoutes } from './partner-webhook/routes.ts';
import { pax8WebhookService } from './partner-webhook/service.ts';
import { pax8WebhookStore } from './partner-webhook/store.ts';
import { periodRoutes } from './period/routes.ts';
import { previewService } from './invoice/preview-service.ts';
import { periodService } from './period/service.ts';
import { periodStore } from './period/store.ts';
import { poster } from './posting/poster.ts';
import { postingService } from './posting/service.ts';
import { postingStore } from './posting/store.ts';
import { productRoutes } from './product/routes.ts';
import { productService } from './product/service.ts';
import { productStore } from './product/store.ts';
import { priceRuleRoutes } from './price-rule/routes.ts';
import { priceRuleService } from './price-rule/service.ts';
import { priceRuleStore } from './price-rule/store.ts';
import { prorationRoutes } from './proration/routes.ts';
import { prorationService } from './proration/service.ts';
import { prorationStore } from './proration/store.ts';
import type { QuickBooksOAuth } from './quickbooks/oauth.ts';
import { realmLimiter } from './quickbooks/realm-limiter.ts';
import { tenantAccounts } from './quickbooks/tenant-accounts.ts';
import { tokenStore } from './quickbooks/token-store.ts';
import { reconciliationRoutes } from './reconciliation/routes.ts';
import { reconciliationService } from './reconciliation/service.ts';
import { reconciliationStore } from './reconciliation/store.ts';
import { runRoutes } from './run/routes.ts';
import { runService } from './run/service.ts';
import { runStore } from './run/store.ts';
import type { SuperOpsInvoicesOf } from './second-biller/portal-superops.ts';
import { internalSecondBillerRoutes } from './second-biller/internal-routes.ts';
import { superOpsChoiceRoutes } from './second-biller/routes.ts';
import { secondBiller } from './second-biller/second-biller.ts';
import { superOpsChoiceService } from './second-biller/service.ts';
import { superOpsChoiceStore } from './second-biller/store.ts';
import { internalSeatRoutes } from './seat-count/internal-routes.ts';
import { readSeats } from './seat-count/service.ts';
import { seatCountStore } from './seat-count/store.ts';
import { shadowRunRoutes } from './shadow-run/routes.ts';
import { shadowRunService } from './shadow-run/service.ts';
import { shadowRunStore } from './shadow-run/store.ts';
import { subscriptionRoutes } from './subscription/routes.ts';
import { subscriptionService } from './subscription/service.ts';
import { subscriptionStore } from './subscription/store.ts';
import { usageRoutes } from './usage/routes.ts';
import { usageService } from './usage/service.ts';
import { usageStore } from './usage/store.ts';
import { varianceThresholdRoutes } from './variance-threshold/routes.ts';
import { varianceThresholdService } from './variance-threshold/service.ts';
import { voider } from './voiding/voider.ts';
import { voidingStore } from './voiding/store.ts';
import type { TeamsVault } from './vault/teams-vault.ts';
import type { VendorVault } from './vault/vendor-vault.ts';
import { accessOf } from './vendor-access/access-of.ts';
import { leases } from './vendor-access/leases.ts';
import { vendorAccessRoutes } from './vendor-access/routes.ts';
import { worklistRoutes } from './worklist/routes.ts';
import { worklistService } from './worklist/service.ts';
import { worklistStore } from './worklist/store.ts';

export interface BillingDependencies {
  database: TenantDatabase;
  platform: PlatformDatabase;
  registry: TenantRegistry;
  vault: VendorVault;
  /** Its pace may change while the service runs: it is read for each use. */
  pax8: { url: string; audience: string; readonly callsPerMinute: number };
  /** Whether events of Pax8 are read at present. */
  readsPax8Events: () => boolean;
  quickBooksUrl: string;
  oauth: QuickBooksOAuth;
  superOpsInvoicesOf: SuperOpsInvoicesOf;
  /** By which QuickBooks's webhooks are known; undefined where none are to come. */
  /** As it is now: it may come, and be exchanged, while the service runs. */
  quickBooksVerifier: () => string | undefined;
  stateKey: Uint8Array;
  /** Who may do what at the moment: whoever approved may have left since. */
  rightsOf: RightsOf;
  /** What people are told by, and who they are. */
  notices: { staffOf: StaffOf; mailer: Pick<Mailer, 'send'>; teams: Teams; vault: TeamsVault };
  checkSession: SessionCheck;
  publicUrl: string;
  log: Log;
  now: () => Date;
  /** Called when a posting or a void waits to be done. */
  onPostingRequested: () => void;
}

export interface BillingApp {
  routes: Route[];
  internalRoutes: Route[];
  /** Posts, voids and looks at the books. */
  books: TenantLanes;
  /** Tells people of what stands, by mail and in Teams. */
  notices: TenantLanes;
  changes: ChangeService;
}

const lookForChangesMs = 1_000;

const unlessRefused = (error: unknown): void => {
  if (!(error instanceof Problem)) throw error;
};

/** The billing service without its ports. No I/O happens here. */
export const billingApp = (deps: BillingDependencies): BillingApp => {
  const { database, platform, registry, pax8, oauth, quickBooksUrl, checkSession, rightsOf, publicUrl, log, now } =
    deps;
  const connectionRows = connectionStore(database);
  const vault = heldSecrets(deps.vault, connectionRows);
  const reconnect = (vendor: Vendor) => (tenantId: string, account: string) =>
    connectionRows.needsReconnect({ tenantId }, { vendor, account, failure: vendors[vendor].refused });
  const tokens = pax8Tokens({
    vault,
    api: pax8,
    onReconnect: reconnect('pax8'),
  });
  const accounts = tenantAccounts({
    tokens: tokenStore(vault, { log, pauseMs: (attempt) => 500 * attempt }),
    leases: leases(database),
    oauth,
    apiUrl: quickBooksUrl,
    limiter: realmLimiter(),
    onReconnect: reconnect('quickbooks'),
    onLapsed: (tenantId, account) =>
      connectionRows.pause({ tenantId }, { vendor: 'quickbooks', account, failure: vendors.quickbooks.lapsed }),
  });
  const postings = postingService(deps.onPostingRequested);
  const invoices = invoiceService({
    store: invoiceStore(database),
    database,
    postings,
    now,
  });
  const drafts = draftService({ now });
  const sheets = sheetService({ invoices: invoiceStore(database), sheets: sheetStore(database) });
  const looks = lookStore(database, platform);
  const periods = periodService({ store: periodStore(database), database, now });
  const links = knownLinks(database);
  const superOpsChoices = superOpsChoiceStore(database);
  const linking = linkService({ store: linkStore(database), links, accounts, invoices });
  const pax8Webhooks = pax8WebhookService({
    store: pax8WebhookStore(database),
    tokens,
    readsEvents: deps.readsPax8Events,
    url: pax8.url,
    publicUrl,
  });
  const connections = connectionService({
    store: connectionRows,
    vault,
    registry,
    pax8,
    oauth,
    quickBooks: accounts,
    onBooksConnected: (scope) => linking.tellMissing(scope),
    onDisconnecting: async (scope, vendor) => {
      // Nobody is believed any more; that it is removed at Pax8, too, is no reason to keep the credentials.
      if (vendor === 'pax8') await pax8Webhooks.turnOff(scope).catch(unlessRefused);
    },
  });
  const changes = changeService({ store: changeStore(database), registry, log, everyMs: lookForChangesMs });
  return {
    changes,
    routes: [
      ...changeRoutes(changes),
      ...connectionRoutes({
        connections,
        oauth,
        states: connectStates(deps.stateKey),
        checkSession,
        publicUrl,
        log,
      }),
      ...usageRoutes(usageService(usageStore(database))),
      ...subscriptionRoutes(subscriptionService(subscriptionStore(database))),
      ...evidenceRoutes(evidenceService({ store: evidenceStore(database), now })),
      ...runRoutes(runService(runStore(database))),
      ...periodRoutes(periods, previewService(database)),
      ...exceptionRoutes(exceptionService(exceptionStore(database))),
      ...worklistRoutes(worklistService({ store: worklistStore(database), periods, now })),
      ...invoiceRoutes(invoices),
      ...draftRoutes(drafts),
      ...sheetRoutes(sheets),
      ...approvalLimitRoutes(approvalLimitService(database)),
      ...bookEntryRoutes(
        bookEntryService({ store: bookEntryStore(database), postings, onVoidRequested: deps.onPostingRequested, now }),
      ),
      ...pax8WebhookRoutes(pax8Webhooks),
      ...webhookRoutes({ looks, verifier: deps.quickBooksVerifier }),
      ...linkRoutes(linking),
      ...superOpsChoiceRoutes(
        superOpsChoiceService({ store: superOpsChoices, invoicesOf: deps.superOpsInvoicesOf, invoices }),
      ),
      ...reconciliationRoutes(reconciliationService(reconciliationStore(database))),
      ...varianceThresholdRoutes(varianceThresholdService(database)),
      ...shadowRunRoutes(shadowRunService({ store: shadowRunStore(database), database, accounts, now })),
      ...noticeRoutes(noticeService({ ...deps.notices, store: noticeStore(database), database, publicUrl, now })),
      ...productRoutes(productService(productStore(database))),
      ...prorationRoutes(prorationService(prorationStore(database))),
      ...priceRuleRoutes(priceRuleService(priceRuleStore(database))),
    ],
    internalRoutes: [
      ...vendorAccessRoutes({
        registry,
        pax8,
        pax8Tokens: tokens,
        access: accessOf({ pax8, pax8Tokens: tokens, quickBooksUrl, accounts }),
        invoices,
      }),
      ...internalSecondBillerRoutes({ registry, choices: superOpsChoices, invoicesOf: deps.superOpsInvoicesOf }),
      ...internalExceptionRoutes(exceptionStore(database)),
      ...internalSeatRoutes({ read: readSeats(seatCountStore(database)), registry, now }),
      ...feedRoutes({ database: platform, feeds: { [auditFeed.topic]: ['legendops/portal'] } }),
    ],
    notices: noticeLanes({ ...deps.notices, database, platform, registry, periods, publicUrl, log, now }),
    books: allLanes([
      poster({
        store: postingStore(database, platform),
        links,
        accounts,
        approval: standingApproval(database, rightsOf),
        secondBiller: secondBiller(superOpsChoices, deps.superOpsInvoicesOf),
        registry,
        log,
        now,
      }),
      voider({ store: voidingStore(database, platform), accounts, rightsOf, log, now }),
      looker({ store: looks, database, accounts, log, now }),
    ]),
  };
};
