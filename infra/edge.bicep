// From the internet to the cluster and to media: Front Door first, the gateway that takes nothing but what comes from it, then
// the routes, which need both.
import { context } from 'variables.bicep'

param environment context

@description('Requests a minute from one address before it is refused for a minute.')
param requestsPerMinute int
param gatewaySubnetId string
param controllerPrincipalId string
param mediaId string
param mediaName string
param webHost string
param mediaHost string

module frontDoor 'edge/front-door.bicep' = {
  params: { environment: environment, requestsPerMinute: requestsPerMinute }
}

module gateway 'edge/gateway.bicep' = {
  params: {
    environment: environment
    subnetId: gatewaySubnetId
    frontDoorId: frontDoor.outputs.frontDoorId
    controllerPrincipalId: controllerPrincipalId
  }
}

module routes 'edge/routes.bicep' = {
  params: {
    environment: environment
    firewallId: frontDoor.outputs.firewallId
    gatewayHostName: gateway.outputs.hostName
    mediaId: mediaId
    mediaName: mediaName
    webHost: webHost
    mediaHost: mediaHost
  }
}

output profileId string = frontDoor.outputs.profileId
output gatewayHostName string = gateway.outputs.hostName
output endpointHostName string = routes.outputs.endpointHostName
