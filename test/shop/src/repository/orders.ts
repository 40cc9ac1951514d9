import type { Order } from '../domain/order.js'
import type { Review } from '../domain/review.js'
import { database } from './database.js'

const relations = { customer: true, shipTo: true, items: true }

export async function findOrder(id: string): Promise<Order | null> {
  return database.order.findUnique({ where: { id }, include: relations })
}

export async function ordersOfMonth(from: Date, to: Date): Promise<Order[]> {
  return database.order.findMany({ where: { orderedAt: { gte: from, lt: to } }, include: relations })
}

export async function reviewsOf(productCode: string): Promise<Review[]> {
  return database.review.findMany({ where: { productCode }, orderBy: { postedAt: 'desc' }, take: 100 })
}
