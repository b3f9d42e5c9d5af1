int triptychStubModels(){return 0;}
