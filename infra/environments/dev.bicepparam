// Small, in one copy, stopped at night: the autoscaler and no node auto-provisioning, a server that can stop.
using '../main.bicep'

param environment = 'dev'
param location = 'westeurope'
param owner = readEnvironmentVariable('LEGENDOPS_OWNER', 'Platform team')
param costCenter = readEnvironmentVariable('LEGENDOPS_COST_CENTER', 'platform')
param people = {
  platformGroupId: readEnvironmentVariable('LEGENDOPS_PLATFORM_GROUP_ID', '00000000-0000-0000-0000-000000000001')
  databaseGroupId: readEnvironmentVariable('LEGENDOPS_DATABASE_GROUP_ID', '00000000-0000-0000-0000-000000000002')
  databaseGroupName: readEnvironmentVariable('LEGENDOPS_DATABASE_GROUP_NAME', 'legendops-database-administrators')
}
param addressRange = '10.10.0.0/16'
param cluster = {
  tier: 'Free'
  kubernetesVersion: '1.36'
  zones: ['1']
  system: { size: 'Standard_D2ads_v5', min: 1, max: 2 }
  apps: { size: 'Standard_D2ads_v5', min: 1, max: 3 }
  podRange: '10.128.0.0/16'
  serviceRange: '10.192.0.0/20'
}
param databases = {
  layout: 'one-server'
  size: 'Standard_B2s'
  storageGiB: 32
  highAvailability: 'Disabled'
  backupDays: 7
  geoRedundantBackup: false
}
param mediaReplication = 'Standard_LRS'
param ddosProtection = 'infrastructure'
param webHost = 'dev.${readEnvironmentVariable('LEGENDOPS_DOMAIN', 'legendops.example')}'
param mediaHost = 'media.dev.${readEnvironmentVariable('LEGENDOPS_DOMAIN', 'legendops.example')}'
param requestsPerMinute = 1000
param dashboards = 'managed'
param alertMail = [readEnvironmentVariable('LEGENDOPS_ALERT_MAIL', 'platform@legendops.example')]
param slackChannelAddress = readEnvironmentVariable('LEGENDOPS_SLACK_ADDRESS', 'alerts-dev@legendops.example')
param engineersFrom = [readEnvironmentVariable('LEGENDOPS_ENGINEERS_FROM', '192.0.2.0/24')]
param deliveryPrincipalId = readEnvironmentVariable('LEGENDOPS_DELIVERY_ID', '00000000-0000-0000-0000-000000000003')
param logDays = 30
param logGbPerDay = 1
param monthlyBudget = 1000
param budgetFrom = '2026-12-01'
param keepsData = false
param networkWatcher = { resourceGroup: 'NetworkWatcherRG', name: 'NetworkWatcher_westeurope' }
