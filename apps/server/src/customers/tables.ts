declare module '../platform/db/schema.ts' {
  interface Database {
    customers: { company_id: string; id: string; name: string; created_at: string; updated_at: string }
    contacts: {
      company_id: string
      id: string
      customer_id: string
      full_name: string
      created_at: string
      updated_at: string
    }
    contact_addresses: { company_id: string; address: string; contact_id: string; created_at: string }
  }
}

export type {}
