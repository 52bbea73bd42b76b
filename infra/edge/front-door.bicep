// The only door from the internet, and its firewall. Its routes are laid when there is something to lead to.
import { context, everyLog, everyMetric, nameOf } from '../variables.bicep'

param environment context

@description('Requests a minute from one address before it is refused for a minute.')
param requestsPerMinute int

resource firewall 'Microsoft.Network/FrontDoorWebApplicationFirewallPolicies@2026-04-01' = {
  name: 'legendops${environment.environment}edge'
  location: 'Global'
  tags: environment.tags
  sku: { name: 'Premium_AzureFrontDoor' }
  properties: {
    policySettings: { enabledState: 'Enabled', mode: 'Prevention', requestBodyCheck: 'Enabled' }
    customRules: {
      rules: [
        {
          name: 'LimitOneAddress'
          priority: 100
          enabledState: 'Enabled'
          ruleType: 'RateLimitRule'
          rateLimitDurationInMinutes: 1
          rateLimitThreshold: requestsPerMinute
          action: 'Block'
          matchConditions: [
            { matchVariable: 'RequestUri', operator: 'Contains', matchValue: ['/'], negateCondition: false }
          ]
        }
        {
          // Their ports are for the cluster alone and routed nowhere; a route by mistake stays shut.
          name: 'RefuseInternalPaths'
          priority: 110
          enabledState: 'Enabled'
          ruleType: 'MatchRule'
          action: 'Block'
          matchConditions: [
            {
              matchVariable: 'RequestUri'
              operator: 'RegEx'
              matchValue: ['^https?://[^/]+/(internal|metrics|livez|readyz)(/|$|\\?)']
              negateCondition: false
              transforms: ['Lowercase', 'UrlDecode']
            }
          ]
        }
      ]
    }
    managedRules: {
      managedRuleSets: [
        { ruleSetType: 'Microsoft_DefaultRuleSet', ruleSetVersion: '2.1', ruleSetAction: 'Block' }
        { ruleSetType: 'Microsoft_BotManagerRuleSet', ruleSetVersion: '1.1' }
      ]
    }
  }
}

resource profile 'Microsoft.Cdn/profiles@2026-07-01' = {
  name: nameOf(environment.environment, 'edge')
  location: 'global'
  tags: environment.tags
  sku: { name: 'Premium_AzureFrontDoor' }
  properties: {
    originResponseTimeoutSeconds: 60
    logScrubbing: {
      state: 'Enabled'
      scrubbingRules: [{ matchVariable: 'QueryStringArgNames', selectorMatchOperator: 'EqualsAny', state: 'Enabled' }]
    }
  }
}

#disable-next-line use-recent-api-versions
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: profile
  properties: { workspaceId: environment.workspaceId, logs: everyLog, metrics: everyMetric }
}

output profileId string = profile.id
output frontDoorId string = profile.properties.frontDoorId
output firewallId string = firewall.id
