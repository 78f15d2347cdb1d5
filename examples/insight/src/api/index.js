/** Routes of the reports. */
export const registerApi = async () => {};
