// The four databases, on one server or on one each: services take a URL per database and cannot tell.
import { databaseServers, directoryGroups } from 'shapes.bicep'
import { context, databaseHost, databaseNames } from 'variables.bicep'

param environment context
param servers databaseServers
param people directoryGroups
param subnetId string
param zoneId string

@secure()
param administratorPassword string

var wanted = servers.layout == 'one-server'
  ? [{ what: 'databases', databases: databaseNames }]
  : map(databaseNames, name => { what: replace(name, '_', '-'), databases: [name] })

module each 'microdb.bicep' = [
  for server in wanted: {
    params: {
      environment: environment
      what: server.what
      databases: server.databases
      servers: servers
      people: people
      subnetId: subnetId
      zoneId: zoneId
      administratorPassword: administratorPassword
    }
  }
]

output serverIds string[] = [for (server, index) in wanted: each[index].outputs.id]
output hosts databaseHost[] = [
  for (server, index) in wanted: { host: each[index].outputs.host, databases: server.databases }
]
