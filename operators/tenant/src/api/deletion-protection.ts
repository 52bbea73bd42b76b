import { group } from './tenant.ts';

const name = `protect-tenants.${group}`;

/** Refuses to delete a Tenant that is protected. No rule of the definition is asked about a deletion; this one is. */
export const deletionProtection = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicy',
  metadata: { name },
  spec: {
    failurePolicy: 'Fail',
    matchConstraints: {
      resourceRules: [{ apiGroups: [group], apiVersions: ['*'], operations: ['DELETE'], resources: ['tenants'] }],
    },
    validations: [
      {
        expression: '!has(oldObject.spec.deletionProtection) || !oldObject.spec.deletionProtection',
        message:
          'the Tenant is protected: set spec.deletionProtection to false first, if its people shall be locked out and its namespace removed',
        reason: 'Forbidden',
      },
    ],
  },
} as const;

export const deletionProtectionBinding = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicyBinding',
  metadata: { name },
  spec: { policyName: name, validationActions: ['Deny'] },
} as const;
