export { deliverEvents, startDelivery } from './deliver.ts'
export { type Occurrence, record } from './record.ts'
