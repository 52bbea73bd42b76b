import type { VendorDoors } from '../../seed/provide.ts';
import { remoteVendors } from '../../seed/vendor-doors.ts';
import { surroundingsNamespace, type Platform } from './platform.ts';
import { evaluateIn, runningPod } from './pods.ts';

// At its own port of TLS alone, whose authority is believed by pods and not by this machine.
const addDirectory = (directory: unknown): string => `
  import { request } from 'node:https';
  const asked = request({
    host: '127.0.0.1', port: 8443, servername: 'sign-in.${surroundingsNamespace}.svc', method: 'POST',
    path: '/_control/directories', headers: { 'content-type': 'application/json' },
  }, (answer) => console.log(answer.resume().statusCode));
  asked.end(${JSON.stringify(JSON.stringify(directory))});`;

/** The doubles of the cluster, for what is theirs to know. */
export const vendorsOf = ({ machine, addresses }: Platform): VendorDoors => ({
  ...remoteVendors(addresses),
  entra: {
    directories: {
      add: async (directory) => {
        const pod = await runningPod(machine, surroundingsNamespace, 'sign-in');
        const status = await evaluateIn<number>(machine, pod, addDirectory(directory));
        if (status >= 300) throw new Error(`The sign-in answered ${status} to a directory`);
      },
    },
  },
});
