import { describe, expect, test } from 'vitest'
import { catalogueData } from './data.generated.js'
import { createNames } from './names.js'

const names = createNames(catalogueData.dataClasses, catalogueData.names)

describe('owners', () => {
  test.each([
    ['customer', 'person customer strong'],
    ['findCustomer', 'person customer strong'],
    ['getUsers', 'person customer weak'],
    ['findCustomerByEmail', 'person customer strong'],
    ['dtb_customer', 'person customer strong'],
    ['dtb_customer_address', 'person customer weak'],
    ['tb_kaiin_sonota', 'person customer strong'],
    ['KOKYAKU', 'person customer strong'],
    ['hihokensya', 'person customer strong'],
    ['t_shain', 'person employee strong'],
    ['hr_employee_bank_account', 'person employee weak'],
    ['CustomerDto', 'person customer strong'],
    ['customerRepository', 'person customer weak'],
    ['companyCustomer', 'person customer strong'],
    ['policyHolder', 'person customer strong'],
    ['emergencyContact', 'person other-person weak'],
    ['顧客マスタ', 'person customer strong'],
    ['患者一覧', 'person customer strong'],
    ['customerCompany', 'not-person'],
    ['顧客会社', 'not-person'],
    ['productReview', 'not-person'],
    ['userAgent', 'not-person'],
    ['model', 'not-person'],
    ['file', 'not-person'],
    ['userId', 'neutral'],
    ['customerCount', 'neutral'],
    ['getOrdersForCustomer', 'neutral'],
    ['client', 'neutral'],
    ['order', 'neutral'],
    ['x', 'neutral'],
    ['', 'neutral'],
  ])('%s → %s', (name, expected) => {
    const { is, party, strong } = names.owner(name)
    expect(is === 'person' ? `${is} ${party} ${strong ? 'strong' : 'weak'}` : is).toBe(expected)
  })
})
