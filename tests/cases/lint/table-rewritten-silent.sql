VACUUM cars;
