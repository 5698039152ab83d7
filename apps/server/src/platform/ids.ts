import { v7 } from 'uuid'

/**
 * A fresh UUIDv7 (RFC 9562, section 5.7), later than every one this process made before, also within a millisecond: what is
 * written in one transaction keeps its order by id. The runtime's own `randomUUIDv7` does not promise that.
 */
export const newId = (): string => v7()
