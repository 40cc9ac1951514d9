import type { Customer } from '../domain/customer.js'
import { database } from './database.js'

export async function findCustomer(id: string): Promise<Customer | null> {
  return database.customer.findUnique({ where: { id } })
}

/** 直近一年に注文のある会員 */
export async function activeCustomers(): Promise<Customer[]> {
  const since = new Date()
  since.setFullYear(since.getFullYear() - 1)
  return database.customer.findMany({ where: { orders: { some: { orderedAt: { gte: since } } } } })
}
