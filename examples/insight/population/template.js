/** The one template of messages for which the shop asks. */
export const TEMPLATE = 'tmpl-delivery';
