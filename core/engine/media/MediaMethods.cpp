int triptychStubMedia(){return 0;}
