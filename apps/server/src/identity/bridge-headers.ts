/** How the bridge tells better-auth what Fastify knows; whatever a client sends under these names is replaced. */
export const CLIENT_IP_HEADER = 'x-tessera-client-ip'
export const REQUEST_ID_HEADER = 'x-tessera-request-id'
